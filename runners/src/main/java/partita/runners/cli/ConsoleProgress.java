package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.dag.StageProgress;
import partita.pipelines.dag.StageStatus;

/**
 * Shows a run as it goes: on a terminal one line that is rewritten, elsewhere a line every ten
 * seconds at most.
 */
final class ConsoleProgress implements RunListener {
  private static final Duration QUIET = Duration.ofSeconds(10);

  private final RewrittenLine shown;
  private final RunLogFile log;
  private final Settings settings;
  private String prefix = "";

  ConsoleProgress(PrintStream out, RunLogFile log, Settings settings) {
    this.shown = new RewrittenLine(out, QUIET);
    this.log = log;
    this.settings = settings;
  }

  @Override
  public synchronized void planned(String runId, Path folder, Plan plan) {
    if (!plan.stale()) {
      return;
    }
    try {
      log.open(folder);
    } catch (IOException e) {
      shown.line("Cannot keep a log of this run: " + e.getMessage());
    }
    shown.line(
        "%s on %s, %s, artifacts in %s"
            .formatted(
                plan.experiment(),
                settings.runner() + settings.cluster().map(master -> " at " + master).orElse(""),
                settings.execution().device(),
                settings.artifacts()));
    shown.line(PlanText.summary(plan));
  }

  /** Shows what a person should know and no stage says. */
  synchronized void warn(String warning) {
    shown.line(warning);
  }

  @Override
  public synchronized void stageStarted(String stage, int index, int count, String reason) {
    prefix = "[%d/%d] %s".formatted(index, count, stage);
    shown.begin(prefix + ": " + reason, prefix);
  }

  @Override
  public synchronized void stageWaiting(String stage) {
    shown.line(prefix + ": another run works on it, waiting");
  }

  @Override
  public synchronized void progress(StageProgress progress) {
    shown.progress(prefix + "  " + ProgressText.of(progress));
  }

  @Override
  public void stageFailed(String stage, Exception failure) {
    log.failure("Stage " + stage, failure);
  }

  @Override
  public synchronized void stageEnded(StageRecord stage) {
    if (stage.status() == StageStatus.RAN) {
      shown.line("%s: done in %s".formatted(prefix, Amount.duration(stage.seconds())));
    } else if (stage.status() == StageStatus.CUT_OFF) {
      shown.line("%s: inputs came out the same, nothing to do".formatted(stage.name()));
    } else if (stage.status() != StageStatus.CACHED) {
      shown.line(prefix + ": " + stage.status().name().toLowerCase(Locale.ROOT));
    }
  }
}
