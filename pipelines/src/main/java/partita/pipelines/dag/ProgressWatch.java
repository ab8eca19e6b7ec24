package partita.pipelines.dag;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.Progress;
import partita.transforms.shard.StageRun;

/**
 * Sums up how far a running stage is from what its shards leave in the work area, so that it works
 * wherever they run. Not safe for use by two threads.
 */
final class ProgressWatch {
  private static final String RECEIPTS = "receipts/";

  private final StageRun run;
  private final WorkArea work;
  private Instant began = Instant.now();
  private boolean heard;
  private boolean read;
  private double startFraction;
  private long startDone;

  ProgressWatch(StageRun run, WorkArea work) {
    this.run = run;
    this.work = work;
  }

  /** Reads the work area now. */
  StageProgress read() throws IOException {
    Set<String> receipts = new HashSet<>(work.list(RECEIPTS));
    double shardsWorth = 0;
    long done = 0;
    long total = 0;
    String unit = "";
    Map<String, Double> values = Map.of();
    for (int shard = 0; shard < run.shards(); shard++) {
      boolean finished = receipts.contains(RECEIPTS + "%05d.json".formatted(shard));
      Optional<Progress> progress = Progress.read(work, shard);
      shardsWorth += finished ? 1 : progress.map(ProgressWatch::part).orElse(0.0);
      if (progress.isPresent()) {
        done += finished ? progress.get().total() : progress.get().done();
        total += progress.get().total();
        unit = progress.get().unit();
        values = progress.get().values();
      }
    }
    double fraction = shardsWorth / run.shards();
    if (!read || !heard && !unit.isEmpty()) {
      // A resumed training begins far from 0: pace is measured from its first word.
      began = Instant.now();
      startFraction = fraction;
      startDone = done;
    }
    read = true;
    heard |= !unit.isEmpty();
    double seconds = Math.max(1e-3, Duration.between(began, Instant.now()).toMillis() / 1000.0);
    double gained = fraction - startFraction;
    return new StageProgress(
        run.stage(),
        receipts.size(),
        run.shards(),
        fraction,
        done,
        total,
        unit,
        (done - startDone) / seconds,
        values,
        gained > 0 ? seconds * (1 - fraction) / gained : -1);
  }

  private static double part(Progress progress) {
    return progress.total() == 0 ? 0 : Math.min(1.0, (double) progress.done() / progress.total());
  }
}
