package partita.transforms.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Networks that the shards of a JVM share: loaded by the first that asks, freed by the last that
 * closes, so that parallel shards hold one copy of the weights. A shared network is only evaluated.
 *
 * @param <N> type of the network
 */
public final class SharedNetwork<N> implements AutoCloseable {
  private static final Map<String, Held> HELD = new HashMap<>();

  private final String key;
  private final N network;
  private boolean closed;

  /** Reads a network; its arrays belong to the manager. */
  @FunctionalInterface
  public interface Loader<N> {
    N load(NDManager manager) throws IOException;
  }

  private static final class Held {
    private final NDManager manager;
    private final Object network;
    private int users;

    private Held(NDManager manager, Object network) {
      this.manager = manager;
      this.network = network;
    }
  }

  private SharedNetwork(String key, N network) {
    this.key = key;
    this.network = network;
  }

  /**
   * The network of a key, loaded if nobody holds it.
   *
   * @param type type of the network, which is part of the key
   * @param content digest of the weights
   * @param device {@code cpu} or {@code cuda}
   */
  public static <N> SharedNetwork<N> acquire(
      Class<N> type, String content, String device, Loader<N> loader) throws IOException {
    String key = type.getName() + " " + content + " " + device;
    synchronized (HELD) {
      Held held = HELD.get(key);
      if (held == null) {
        NDManager manager = Devices.manager(device);
        try {
          held = new Held(manager, loader.load(manager));
        } catch (IOException | RuntimeException e) {
          manager.close();
          throw e;
        }
        HELD.put(key, held);
      }
      held.users++;
      return new SharedNetwork<>(key, type.cast(held.network));
    }
  }

  public N network() {
    return network;
  }

  @Override
  public void close() {
    synchronized (HELD) {
      if (closed) {
        return;
      }
      closed = true;
      Held held = HELD.get(key);
      held.users--;
      if (held.users == 0) {
        HELD.remove(key);
        held.manager.close();
      }
    }
  }
}
