package partita.infra.gcs;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.TemporaryFiles;

/**
 * Local copies of what lies in buckets, because readers map files into memory:
 *
 * <pre>
 * blobs/ab/abcd...              files by SHA-256, read-only, shared by all buckets
 * gs/&lt;bucket&gt;/&lt;folder&gt;/          what belongs to one store:
 *   work/                       copies of work files
 *   runs/                       records and reports of this machine's runs
 * tmp/&lt;pid&gt;@&lt;host&gt;/             files being written
 * </pre>
 *
 * The folder is {@code $XDG_CACHE_HOME/partita} where that variable is set, else {@code
 * ~/.cache/partita}, else (no home that can be written, as in some containers) {@code
 * partita-<user>} in the folder for temporary files. Apart from {@code runs}, all of it may be
 * removed while nothing runs.
 */
final class LocalCache {
  private final Path folder;
  private final TemporaryFiles temporary;

  /** A cache in a folder, created when absent; an exception when it cannot be written. */
  LocalCache(Path folder) throws IOException {
    this.folder = folder;
    temporary = new TemporaryFiles(folder.resolve("tmp"));
    temporary.folder();
    temporary.sweep();
  }

  static LocalCache of(Map<String, String> environment) throws IOException {
    Path home = Path.of(System.getProperty("user.home"));
    Path base = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
    try {
      return new LocalCache((base.isAbsolute() ? base : home.resolve(".cache")).resolve("partita"));
    } catch (IOException e) {
      String user = "partita-" + System.getProperty("user.name");
      return new LocalCache(Path.of(System.getProperty("java.io.tmpdir"), user));
    }
  }

  TemporaryFiles temporary() {
    return temporary;
  }

  Path folder() {
    return folder;
  }

  /** Where a blob lies once it is here. */
  Path blob(String sha256) {
    return folder.resolve(StoreLayout.blob(sha256));
  }

  /** Where copies of what a root holds lie. */
  Path of(GcsRoot root) {
    return folder.resolve(GcsRoot.SCHEME).resolve(root.bucket()).resolve(root.prefix());
  }

  /** Moves a finished file to its place here, over an older copy. */
  void keep(Path file, Path place) throws IOException {
    Files.createDirectories(place.getParent());
    try {
      Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Path copy = temporary.next(".copy");
      Files.copy(file, copy);
      Files.move(copy, place, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(file);
    }
  }
}
