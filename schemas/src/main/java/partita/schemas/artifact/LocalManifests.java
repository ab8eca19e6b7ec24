package partita.schemas.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The manifests of a local store, a JSON file each. */
final class LocalManifests {
  private final Path root;
  private final Path folder;
  private final LocalBlobs blobs;
  private final CommitLock lock;
  private final TemporaryFiles temporary;

  LocalManifests(Path root, LocalBlobs blobs, CommitLock lock, TemporaryFiles temporary) {
    this.root = root;
    folder = root.resolve(StoreLayout.MANIFESTS);
    this.blobs = blobs;
    this.lock = lock;
    this.temporary = temporary;
  }

  /** The manifest of an action, if all its blobs are there. */
  Optional<Manifest> find(String actionKey) throws IOException {
    Optional<Manifest> manifest = read(path(actionKey));
    return manifest.isPresent() && intact(manifest.get()) ? manifest : Optional.empty();
  }

  private boolean intact(Manifest manifest) throws IOException {
    for (FileEntry file : manifest.files()) {
      if (!blobs.has(file)) {
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

  /** Adds a manifest unless an intact one is there already; returns the one that is there. */
  Manifest commit(Manifest manifest) throws IOException {
    return lock.hold(
        () -> {
          for (FileEntry file : manifest.files()) {
            blobs.get(file);
          }
          Optional<Manifest> earlier = find(manifest.actionKey());
          return earlier.isPresent() ? earlier.get() : write(manifest);
        });
  }

  /** Puts a manifest in its place, over one whose blobs are gone. */
  private Manifest write(Manifest manifest) throws IOException {
    try {
      Path file = temporary.next(".manifest");
      DurableFile.write(file, ManifestJson.write(manifest), true);
      DurableFile.rename(file, path(manifest.actionKey()));
      DurableFile.syncFolder(folder);
      return manifest;
    } catch (IOException e) {
      throw WriteFailure.of("manifest " + manifest.actionKey(), root, e);
    }
  }

  List<Manifest> all() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of(); // a store that is only looked at need not be there
    }
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Manifest> manifests = new ArrayList<>();
    for (Path file : files) {
      read(file).ifPresent(manifests::add);
    }
    return manifests;
  }

  void evict(String actionKey) throws IOException {
    Files.deleteIfExists(path(actionKey));
    DurableFile.syncFolder(folder);
  }

  private Path path(String actionKey) {
    return root.resolve(StoreLayout.manifest(actionKey));
  }
}
