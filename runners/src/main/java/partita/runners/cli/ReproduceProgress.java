package partita.runners.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import partita.pipelines.benchmark.ReproductionListener;
import partita.pipelines.benchmark.Trial;
import partita.pipelines.benchmark.TrialProgress;

/** Shows the trials at work on one line, and each that ends on a line of its own. */
final class ReproduceProgress implements ReproductionListener {
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final RewrittenLine shown;

  ReproduceProgress(PrintStream out) {
    shown = new RewrittenLine(out, QUIET);
  }

  @Override
  public synchronized void trialStarted(Trial trial, int index, int count) {
    String text = "[%d/%d] %s (seed %d)".formatted(index, count, trial.name(), trial.seed());
    shown.begin(text, text);
  }

  @Override
  public synchronized void progress(
      List<TrialProgress> running, int ended, int count, double secondsLeft) {
    String all = "%d of %d trials done".formatted(ended, count);
    if (secondsLeft >= 0) {
      all += ", " + Amount.duration(secondsLeft) + " left";
    }
    shown.progress(
        running.stream().map(ReproduceProgress::text).collect(Collectors.joining(" | "))
            + " | "
            + all);
  }

  private static String text(TrialProgress progress) {
    String left =
        progress.secondsLeft() < 0 ? "" : ", " + Amount.duration(progress.secondsLeft()) + " left";
    return "%s: step %,d of %,d%s"
        .formatted(progress.trial().name(), progress.step(), progress.steps(), left);
  }

  @Override
  public synchronized void trialEnded(Trial trial, double seconds, String failure) {
    shown.line(
        failure.isEmpty()
            ? "%s: done in %s".formatted(trial.name(), Amount.duration(seconds))
            : "%s: failed after %s: %s".formatted(trial.name(), Amount.duration(seconds), failure));
  }

  @Override
  public synchronized void progressMissed(Exception cause) {
    shown.progress("Cannot read how far the trials are: " + cause.getMessage());
  }
}
