package partita.models.embed;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Maps of images, made when they are first asked for. Those asked for last are kept as long as
 * memory allows, so all pairs of a group cost one pass of the network an image, not two a pair;
 * what is made again has the same bits.
 *
 * @param <K> tells an image and what is seen of it
 */
public final class KeptMaps<K> implements AutoCloseable {
  /** Those of a pair are needed at once. */
  private static final int FEWEST = 2;

  private final Map<K, PerceptualMaps> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final Source<K> source;
  private final long most;
  private long bytes;

  /** Makes maps that are not there. */
  @FunctionalInterface
  public interface Source<K> {
    PerceptualMaps of(K key) throws IOException;
  }

  /**
   * Starts with none.
   *
   * @param most bytes that are kept, but for the last two maps
   */
  public KeptMaps(Source<K> source, long most) {
    this.source = source;
    this.most = most;
  }

  /** The maps of a key, valid until two others were asked for. */
  public PerceptualMaps of(K key) throws IOException {
    PerceptualMaps known = kept.get(key);
    if (known != null) {
      return known;
    }
    PerceptualMaps made = source.of(key);
    kept.put(key, made);
    bytes += made.bytes();
    Iterator<PerceptualMaps> oldest = kept.values().iterator();
    while (bytes > most && kept.size() > FEWEST) {
      try (PerceptualMaps dropped = oldest.next()) {
        bytes -= dropped.bytes();
      }
      oldest.remove();
    }
    return made;
  }

  @Override
  public void close() {
    kept.values().forEach(PerceptualMaps::close);
    kept.clear();
  }
}
