package partita.transforms.shard;

import java.io.IOException;
import java.util.Map;

/** Counts the rows of one shard: tells the person watching, and stops when asked to. */
public final class ShardMeter {
  private static final long INTERVAL_NANOS = 500_000_000;

  private final ShardContext context;
  private final String unit;
  private final long total;
  private final long start = System.nanoTime();
  private long told = start;
  private long done;

  /**
   * @param unit what is counted, {@code images}
   * @param total rows of the shard
   */
  public ShardMeter(ShardContext context, String unit, long total) {
    this.context = context;
    this.unit = unit;
    this.total = total;
  }

  /**
   * Counts one row.
   *
   * @throws InterruptedException when the run was asked to stop
   */
  public void count() throws IOException, InterruptedException {
    count(1);
  }

  /**
   * Counts the rows of a batch.
   *
   * @throws InterruptedException when the run was asked to stop
   */
  public void count(int rows) throws IOException, InterruptedException {
    done += rows;
    if (Thread.currentThread().isInterrupted()) {
      throw stopped();
    }
    long now = System.nanoTime();
    if (done == total || now - told >= INTERVAL_NANOS) {
      told = now;
      double rate = done / Math.max(1e-9, (now - start) * 1e-9);
      context.progress(new Progress(done, total, unit, rate, Map.of()));
      if (context.stopRequested()) {
        throw stopped();
      }
    }
  }

  private InterruptedException stopped() {
    return new InterruptedException("stopped after " + done + " of " + total + " " + unit);
  }
}
