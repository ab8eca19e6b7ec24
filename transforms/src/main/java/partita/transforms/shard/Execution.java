package partita.transforms.shard;

import java.io.Serializable;

/**
 * Where and how the shards of a run execute. Device and threads enter the numerics fingerprint; the
 * checkpoint interval never changes a bit and stays out of it.
 *
 * @param device {@code cpu} or {@code cuda}
 * @param threads intra-op threads of the native engine for exclusive stages (training); other
 *     stages use one thread a shard and run shards side by side
 * @param checkpointSeconds longest time of training that a crash may cost
 */
public record Execution(String device, int threads, double checkpointSeconds)
    implements Serializable {

  public Execution {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "Cannot run with " + threads + " threads: expected at least 1");
    }
  }
}
