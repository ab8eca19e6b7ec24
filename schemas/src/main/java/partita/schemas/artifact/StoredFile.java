package partita.schemas.artifact;

import java.time.Instant;

/**
 * One file of a store as it was when it was listed.
 *
 * @param name name below the root, as {@link StoreLayout} has it
 * @param bytes size
 * @param modified when it was last written or {@linkplain StoreFiles#touch touched}, by the clock
 *     of the store
 * @param version another one after every write and touch
 */
public record StoredFile(String name, long bytes, Instant modified, String version) {

  /** The last part of the name: an action key with its ending, a recipe key, a digest. */
  public String lastPart() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
