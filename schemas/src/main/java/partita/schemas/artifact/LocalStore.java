package partita.schemas.artifact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A store in a folder:
 *
 * <pre>
 * store.json                    {"storeVersion": 1}
 * blobs/ab/abcd...              files by SHA-256, read-only
 * manifests/{action key}.json   one a committed artifact
 * recipes/{recipe key}          the action key that a recipe last resolved to
 * work/{action key}/            scratch of an action, beside its lock file
 * runs/{run id}/                records and reports
 * refs/                         notes that outlive runs: raw digests, salt generations, runs, pins
 * tmp/{pid}@{host}/             files being written
 * </pre>
 *
 * Everything is written to {@code tmp}, synced and then renamed into place.
 */
final class LocalStore implements ArtifactStore {
  /** Folders below the root, but for that of temporary files. */
  static final List<String> PARTS =
      List.of("blobs", "manifests", "recipes", "work", "runs", "refs");

  private final String given;
  private final Path root;
  private final boolean readOnly;
  private final TemporaryFiles temporary;
  private final LocalBlobs blobs;
  private final LocalManifests manifests;
  private final LocalStoreFiles files;

  private LocalStore(String given, Path root, boolean readOnly) {
    this.given = given;
    this.root = root;
    this.readOnly = readOnly;
    temporary = new TemporaryFiles(root.resolve("tmp"));
    blobs = new LocalBlobs(root, temporary);
    CommitLock lock = new CommitLock(root);
    manifests = new LocalManifests(root, blobs, lock, temporary);
    files = new LocalStoreFiles(root, lock, temporary);
  }

  /** Opens the store in a folder and makes one there when there is none. */
  static LocalStore open(String given, Path folder) throws IOException {
    requireNoFile(given, folder);
    try {
      Files.createDirectories(folder);
      if (!Files.isWritable(folder)) {
        throw new FileSystemException(given, null, "the folder is not writable");
      }
      LocalStore store = new LocalStore(given, folder.toRealPath(), false);
      StoreVersion.claim(store.root, store.temporary);
      for (String part : PARTS) {
        Files.createDirectories(store.root.resolve(part));
      }
      store.temporary.sweep();
      return store;
    } catch (FileSystemException e) {
      throw new IOException(
          "Cannot open artifact root %s: %s; give a folder that can be written and is new, empty or a store"
              .formatted(given, WriteFailure.reason(e)),
          e);
    }
  }

  /** Opens the store in a folder to look at; where there is none, it looks empty. */
  static LocalStore read(String given, Path folder) throws IOException {
    requireNoFile(given, folder);
    if (!isThere(folder)) {
      return new LocalStore(given, folder.toAbsolutePath(), true);
    } else if (Files.isWritable(folder)) {
      return open(given, folder);
    }
    LocalStore store = new LocalStore(given, folder.toRealPath(), true);
    StoreVersion.check(given, Files.readAllBytes(store.root.resolve(StoreLayout.VERSION)));
    return store;
  }

  static boolean isThere(Path folder) {
    return Files.exists(folder.resolve(StoreLayout.VERSION));
  }

  private static void requireNoFile(String given, Path folder) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new IOException(
          "Cannot open artifact root " + given + ": found a file, expected a folder");
    }
  }

  @Override
  public String root() {
    return given;
  }

  @Override
  public boolean readOnly() {
    return readOnly;
  }

  @Override
  public Optional<Manifest> find(String actionKey) throws IOException {
    return manifests.find(actionKey);
  }

  @Override
  public Optional<String> actionOf(String recipeKey) throws IOException {
    try {
      return Optional.of(Files.readString(recipe(recipeKey)).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void bind(String recipeKey, String actionKey) throws IOException {
    byte[] content = (StoreLayout.checkedKey(actionKey) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Path file = temporary.next(".recipe");
      DurableFile.write(file, content, true);
      DurableFile.rename(file, recipe(recipeKey));
    } catch (IOException e) {
      throw WriteFailure.of("recipe " + recipeKey, root, e);
    }
  }

  private Path recipe(String recipeKey) {
    return root.resolve(StoreLayout.recipe(recipeKey));
  }

  @Override
  public Manifest commit(Manifest manifest) throws IOException {
    Manifest winner = manifests.commit(manifest);
    bind(manifest.recipeKey(), manifest.actionKey());
    return winner;
  }

  @Override
  public List<Manifest> manifests() throws IOException {
    return manifests.all();
  }

  @Override
  public void evict(String actionKey) throws IOException {
    manifests.evict(actionKey);
  }

  @Override
  public FileEntry addBlob(Path file, String name, long rows, String schema, List<Long> batchCrc32c)
      throws IOException {
    return blobs.add(file, name, rows, schema, batchCrc32c);
  }

  @Override
  public Path blob(FileEntry entry) throws IOException {
    return blobs.get(entry);
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
  public Optional<Lease> tryLease(String actionKey) throws IOException {
    return FileLease.tryAcquire(root.resolve(StoreLayout.lease(actionKey))).map(lease -> lease);
  }

  @Override
  public StoreFiles files() {
    return files;
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
}
