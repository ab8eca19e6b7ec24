package partita.runners.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import partita.pipelines.dag.StageProgress;

/** Progress of a stage as one line: how far, how fast, what is watched, how long still. */
final class ProgressText {
  private ProgressText() {}

  static String of(StageProgress progress) {
    List<String> parts = new ArrayList<>();
    if (!progress.unit().isEmpty() && progress.shards() == 1) {
      parts.add("%,d of %,d %s".formatted(progress.done(), progress.total(), progress.unit()));
    } else if (!progress.unit().isEmpty()) {
      parts.add("%,d %s".formatted(progress.done(), progress.unit()));
    }
    if (progress.shards() > 1) {
      parts.add("shard %d of %d".formatted(progress.shardsDone(), progress.shards()));
    }
    parts.add("%d %%".formatted((int) (100 * progress.fraction())));
    if (progress.rate() > 0) {
      parts.add("%s %s/s".formatted(Amount.number(progress.rate()), progress.unit()));
    }
    new TreeMap<>(progress.values())
        .forEach((name, value) -> parts.add(name + " " + Amount.number(value)));
    if (progress.secondsLeft() >= 0) {
      parts.add(Amount.duration(progress.secondsLeft()) + " left");
    }
    return String.join(", ", parts);
  }
}
