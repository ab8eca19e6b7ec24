package partita.schemas.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store in a folder:
 *
 * <pre>
 * store.json                          {"storeVersion": 1}
 * blobs/ab/abcd...                    files by SHA-256, read-only
 * manifests/&lt;action key&gt;.json   one a committed artifact
 * recipes/&lt;recipe key&gt;          the action key a recipe last resolved to
 * work/&lt;action key&gt;/            scratch of an action, beside its lock file
 * runs/&lt;run id&gt;/                records and reports
 * refs/                               notes that outlive runs: raw digests, salt generations
 * tmp/&lt;pid&gt;@&lt;host&gt;/       files being written
 * </pre>
 *
 * Everything is written to {@code tmp}, synced and then renamed into place.
 */
final class LocalStore implements ArtifactStore {
  private final String given;
  private final Path root;
  private final TemporaryFiles temporary;

  private LocalStore(String given, Path root) {
    this.given = given;
    this.root = root;
    this.temporary = new TemporaryFiles(root.resolve("tmp"));
  }

  /** Opens the store in a folder and makes one there when there is none. */
  static LocalStore open(String given, Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(
          "Cannot open artifact root " + given + ": it is a file, expected a folder");
    }
    try {
      Files.createDirectories(folder);
      LocalStore store = new LocalStore(given, folder.toRealPath());
      StoreVersion.claim(store.root, store.temporary);
      for (String part : List.of("blobs", "manifests", "recipes", "work", "runs", "refs")) {
        Files.createDirectories(store.root.resolve(part));
      }
      store.temporary.sweep();
      return store;
    } catch (FileSystemException e) {
      throw WriteFailure.of("artifact root " + given, folder, e);
    }
  }

  @Override
  public String root() {
    return given;
  }

  @Override
  public Optional<Manifest> find(String actionKey) throws IOException {
    Optional<Manifest> manifest = read(manifestFile(actionKey));
    return manifest.isPresent() && intact(manifest.get()) ? manifest : Optional.empty();
  }

  private boolean intact(Manifest manifest) throws IOException {
    for (FileEntry file : manifest.files()) {
      Path blob = blobFile(file.sha256());
      if (!Files.isRegularFile(blob) || Files.size(blob) != file.bytes()) {
        return false;
      }
    }
    return true;
  }

  private static Optional<Manifest> read(Path file) throws IOException {
    try {
      return Optional.of(ManifestJson.read(Files.readAllBytes(file), file.toString()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<String> actionOf(String recipeKey) throws IOException {
    try {
      return Optional.of(Files.readString(recipeFile(recipeKey)).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void bind(String recipeKey, String actionKey) throws IOException {
    Path recipe = recipeFile(recipeKey);
    try {
      Path file = temporary.next(".recipe");
      DurableFile.write(
          file, (StoreLayout.checkedKey(actionKey) + "\n").getBytes(StandardCharsets.UTF_8), true);
      DurableFile.rename(file, recipe);
    } catch (IOException e) {
      throw WriteFailure.of("recipe " + recipeKey, root, e);
    }
  }

  @Override
  public Manifest commit(Manifest manifest) throws IOException {
    Path target = manifestFile(manifest.actionKey());
    Manifest winner;
    try {
      Path file = temporary.next(".manifest");
      DurableFile.write(file, ManifestJson.write(manifest), true);
      winner = commit(manifest, file, target);
      Files.deleteIfExists(file);
      DurableFile.syncFolder(target.getParent());
    } catch (IOException e) {
      throw WriteFailure.of("manifest " + manifest.actionKey(), root, e);
    }
    bind(manifest.recipeKey(), manifest.actionKey());
    return winner;
  }

  /** A hard link is the create-if-absent that no reader can catch half done. */
  private Manifest commit(Manifest manifest, Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
      return manifest;
    } catch (FileAlreadyExistsException e) {
      Optional<Manifest> earlier = find(manifest.actionKey());
      return earlier.isPresent() ? earlier.get() : replace(manifest, file, target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      return replace(manifest, file, target); // a file system without hard links
    }
  }

  /** Puts a manifest over one whose blobs are gone, one writer at a time. */
  private Manifest replace(Manifest manifest, Path file, Path target) throws IOException {
    try (Lease lock = FileLease.acquire(root.resolve("manifests.lock"), () -> {})) {
      Optional<Manifest> earlier = find(manifest.actionKey());
      if (earlier.isPresent()) {
        return earlier.get();
      }
      DurableFile.rename(file, target);
      return manifest;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Cannot commit " + manifest.actionKey() + ": interrupted", e);
    }
  }

  @Override
  public List<Manifest> manifests() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(root.resolve(StoreLayout.MANIFESTS))) {
      files = listed.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Manifest> manifests = new ArrayList<>();
    for (Path file : files) {
      read(file).ifPresent(manifests::add);
    }
    return manifests;
  }

  @Override
  public void evict(String actionKey) throws IOException {
    Files.deleteIfExists(manifestFile(actionKey));
    DurableFile.syncFolder(root.resolve(StoreLayout.MANIFESTS));
  }

  @Override
  public FileEntry addBlob(Path file, String name, long rows, String schema, List<Long> batchCrc32c)
      throws IOException {
    try {
      Path near = onSameFileSystem(file, temporary);
      DurableFile.sync(near);
      FileEntry entry =
          new FileEntry(name, Sha256.of(near), Files.size(near), rows, schema, batchCrc32c);
      Path blob = blobFile(entry.sha256());
      Files.createDirectories(blob.getParent());
      near.toFile().setReadOnly();
      // Over an equal blob too: that repairs one that was damaged on the disk.
      DurableFile.rename(near, blob);
      DurableFile.syncFolder(blob.getParent());
      return entry;
    } catch (IOException e) {
      throw WriteFailure.of("blob of " + name, root, e);
    }
  }

  /** The file itself, or a copy of it in the temporary folder when it lies on another disk. */
  static Path onSameFileSystem(Path file, TemporaryFiles temporary) throws IOException {
    if (Files.getFileStore(file).equals(Files.getFileStore(temporary.folder()))) {
      return file;
    }
    Path copy = temporary.next(".copy");
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
    Files.delete(file);
    return copy;
  }

  @Override
  public Path blob(FileEntry entry) throws IOException {
    Path blob = blobFile(entry.sha256());
    if (!Files.isRegularFile(blob)) {
      throw new NoSuchFileException(
          blob.toString(), null, "blob of " + entry.name() + " is missing; run its stage again");
    }
    long size = Files.size(blob);
    if (size != entry.bytes()) {
      throw new IOException(
          "Cannot read %s: its blob %s has %,d bytes, expected %,d; run its stage again"
              .formatted(entry.name(), blob, size, entry.bytes()));
    }
    return blob;
  }

  @Override
  public WorkArea work(String actionKey) {
    return new LocalWorkArea(root.resolve(StoreLayout.work(actionKey)), temporary);
  }

  @Override
  public Lease lease(String actionKey, Runnable waiting) throws IOException, InterruptedException {
    return FileLease.acquire(root.resolve(StoreLayout.lease(actionKey)), waiting);
  }

  @Override
  public Path temporary() throws IOException {
    return temporary.folder();
  }

  @Override
  public WorkArea refs() {
    return new LocalWorkArea(root.resolve(StoreLayout.REFS), temporary);
  }

  @Override
  public Path run(String runId) throws IOException {
    return Files.createDirectories(root.resolve(StoreLayout.run(runId)));
  }

  private Path manifestFile(String actionKey) {
    return root.resolve(StoreLayout.manifest(actionKey));
  }

  private Path recipeFile(String recipeKey) {
    return root.resolve(StoreLayout.recipe(recipeKey));
  }

  private Path blobFile(String sha256) {
    return root.resolve(StoreLayout.blob(sha256));
  }
}
