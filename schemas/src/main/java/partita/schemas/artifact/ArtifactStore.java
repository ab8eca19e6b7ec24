package partita.schemas.artifact;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where artifacts live. Blobs are immutable and named by content; a manifest commits an artifact
 * atomically. All writes are create-if-absent, so two drivers may work at once without harm; a
 * {@link Lease} only avoids double work.
 */
public interface ArtifactStore {

  /** Version of the layout below the root; a store written by a newer Partita is refused. */
  int STORE_VERSION = 1;

  /**
   * The root as the user gave it, from which {@link ArtifactStores#open} opens the same store on
   * any worker.
   */
  String root();

  /**
   * Whether nothing may be written here: there is no store, or it belongs to somebody else, and it
   * was opened to look at.
   */
  default boolean readOnly() {
    return false;
  }

  /**
   * The artifact of an action, if it is committed and every blob it names is present with its size.
   */
  Optional<Manifest> find(String actionKey) throws IOException;

  /**
   * What {@link #find} finds, for one who is going to read it: from now on it counts as in use, so
   * that garbage collection leaves it alone.
   */
  default Optional<Manifest> use(String actionKey) throws IOException {
    Optional<Manifest> found = find(actionKey);
    // Touched last: a manifest goes before its blobs, so all of them are there if it still is.
    return found.isPresent() && files().touch(StoreLayout.manifest(actionKey))
        ? found
        : Optional.empty();
  }

  /** The action that a recipe last resolved to. */
  Optional<String> actionOf(String recipeKey) throws IOException;

  /**
   * Records that a recipe resolves to an action (also used when an unchanged input cut a rerun off
   * early).
   */
  void bind(String recipeKey, String actionKey) throws IOException;

  /**
   * Commits an artifact and binds its recipe; returns the manifest that is now in the store, an
   * earlier one if it was there first. One whose blobs are gone since gives way to the new one. An
   * error says which blob of the new one is not in the store.
   */
  Manifest commit(Manifest manifest) throws IOException;

  /** All committed artifacts, in no particular order. */
  List<Manifest> manifests() throws IOException;

  /** Removes a manifest (not its blobs), so that its action runs again. */
  void evict(String actionKey) throws IOException;

  /**
   * Moves a finished local file into the blobs. The file must not be written any more; it is gone
   * from {@code file} afterwards. An equal blob is replaced, which repairs a damaged one.
   */
  FileEntry addBlob(Path file, String name, long rows, String schema, List<Long> batchCrc32c)
      throws IOException;

  /**
   * A local, readable path to a blob's bytes; an error names the blob when it is missing or has
   * another size.
   */
  Path blob(FileEntry entry) throws IOException;

  /**
   * Scratch that survives a crash, where an action in progress keeps shard receipts, checkpoints
   * and progress.
   */
  WorkArea work(String actionKey) throws IOException;

  /**
   * Waits until nobody else works on the action; {@code waiting} is called once if it has to wait.
   */
  Lease lease(String actionKey, Runnable waiting) throws IOException, InterruptedException;

  /** The lease, unless another one holds it; in a remote store it takes a while to tell. */
  Optional<Lease> tryLease(String actionKey) throws IOException;

  /**
   * A local folder for files being written; on the blobs' file system where that makes commits a
   * rename.
   */
  Path temporary() throws IOException;

  /**
   * Small named notes that outlive runs, {@code refs/} below the root: remembered digests of raw
   * inputs, salt generations, runs, pins. Never cleared.
   */
  WorkArea refs() throws IOException;

  /** Local folder of one run: its record, its events and its report. Created when absent. */
  Path run(String runId) throws IOException;

  /** Everything that the store holds, for verification and garbage collection. */
  StoreFiles files();

  /** A held lease; closing it lets the next one in. */
  interface Lease extends AutoCloseable {
    @Override
    void close() throws IOException;
  }
}
