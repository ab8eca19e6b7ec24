package partita.transforms.train;

import java.io.IOException;
import java.util.Map;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;

/** Counts the rows of a shard that works batch by batch; tells the watcher, stops when asked to. */
public final class RowMeter {
  private static final long INTERVAL_NANOS = 500_000_000;

  private final ShardContext context;
  private final long total;
  private final long start = System.nanoTime();
  private long told = start;
  private long done;

  public RowMeter(ShardContext context, long total) {
    this.context = context;
    this.total = total;
  }

  /**
   * Counts the rows of a batch.
   *
   * @throws InterruptedException when the run was asked to stop
   */
  public void count(int rows) throws IOException, InterruptedException {
    done += rows;
    long now = System.nanoTime();
    if (done == total || now - told >= INTERVAL_NANOS) {
      told = now;
      double rate = done / Math.max(1e-9, (now - start) * 1e-9);
      context.progress(new Progress(done, total, "images", rate, Map.of()));
    }
    if (context.stopRequested()) {
      throw new InterruptedException("stopped after " + done + " of " + total + " images");
    }
  }
}
