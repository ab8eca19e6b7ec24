package partita.runners.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import partita.pipelines.compare.RunDiff;
import partita.pipelines.compare.StageDiff;

/** Two runs beside each other, for people. */
final class DiffText {
  private static final int DIGEST_DIGITS = 12;

  private DiffText() {}

  static void print(RunDiff diff, PrintStream out) {
    head("first", diff.before(), out);
    head("second", diff.after(), out);
    diff.settings().forEach(change -> out.println("  " + change.text()));
    long same = diff.stages().stream().filter(StageDiff::same).count();
    for (StageDiff stage : diff.stages()) {
      if (!stage.same()) {
        out.println(stage.stage() + ": " + summary(stage));
        stage.changes().forEach(change -> out.println("  " + change.text()));
      }
    }
    out.printf("%d of %d stages have the same artifact%n", same, diff.stages().size());
  }

  private static void head(String which, RunDiff.Head run, PrintStream out) {
    out.printf(
        "%-6s %s  %s, %s, %s%n",
        which, run.runId(), run.experiment(), run.status(), Amount.duration(run.seconds()));
  }

  private static String summary(StageDiff stage) {
    return switch (stage.presence()) {
      case FIRST_ONLY -> "only the first run has an artifact of it";
      case SECOND_ONLY -> "only the second run has an artifact of it";
      case NEITHER -> "neither run has an artifact of it";
      case BOTH -> both(stage);
    };
  }

  private static String both(StageDiff stage) {
    List<String> gone = new ArrayList<>();
    for (StageDiff.Side side : List.of(stage.before(), stage.after())) {
      if (!side.there()) {
        gone.add(shortened(side.artifact()));
      }
    }
    if (!gone.isEmpty()) {
      return "differs, but artifact %s is gone from the store"
          .formatted(String.join(" and ", gone));
    }
    return "%s -> %s"
        .formatted(
            Amount.duration(stage.before().seconds()), Amount.duration(stage.after().seconds()));
  }

  private static String shortened(String digest) {
    return digest.substring(0, Math.min(DIGEST_DIGITS, digest.length()));
  }
}
