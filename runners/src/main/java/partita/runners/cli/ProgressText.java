package partita.runners.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import partita.pipelines.dag.StageProgress;

/** Progress of a stage as one line: how far, how long still, how fast, what is watched. */
final class ProgressText {
  private ProgressText() {}

  static String of(StageProgress progress) {
    if (progress.unit().isEmpty() && progress.shardsDone() == 0) {
      return "starting";
    }
    List<String> parts = new ArrayList<>();
    if (!progress.unit().isEmpty()) {
      // Shards that have not begun have not said how much they hold.
      String total = progress.shards() == 1 ? " of %,d".formatted(progress.total()) : "";
      parts.add("%,d%s %s".formatted(progress.done(), total, progress.unit()));
    }
    parts.add("%d %%".formatted((int) (100 * progress.fraction())));
    if (progress.secondsLeft() >= 0) {
      parts.add(Amount.duration(progress.secondsLeft()) + " left");
    }
    if (progress.rate() > 0) {
      parts.add("%s %s/s".formatted(Amount.number(progress.rate()), progress.unit()));
    }
    if (progress.shards() > 1) {
      parts.add("%d of %d shards".formatted(progress.shardsDone(), progress.shards()));
    }
    new TreeMap<>(progress.values())
        .forEach((name, value) -> parts.add(name + " " + Amount.number(value)));
    return String.join(", ", parts);
  }
}
