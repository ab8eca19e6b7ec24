package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

  private final PrintStream out;
  private final RunLogFile log;
  private final Settings settings;
  private final boolean terminal;
  private String prefix = "";
  private Instant shown = Instant.EPOCH;
  private int width;
  private int columns = Integer.MAX_VALUE;

  ConsoleProgress(PrintStream out, RunLogFile log, Settings settings) {
    this.out = out;
    this.log = log;
    this.settings = settings;
    this.terminal = Terminal.present();
  }

  @Override
  public synchronized void planned(String runId, Path folder, Plan plan) {
    if (!plan.stale()) {
      return;
    }
    try {
      log.open(folder);
    } catch (IOException e) {
      line("Cannot keep a log of this run: " + e.getMessage());
    }
    columns = terminal ? Terminal.columns() : columns;
    line(
        "%s on %s, %s, artifacts in %s"
            .formatted(
                plan.experiment(),
                settings.runner(),
                settings.execution().device(),
                settings.artifacts()));
    line(PlanText.summary(plan));
  }

  @Override
  public synchronized void stageStarted(String stage, int index, int count, String reason) {
    prefix = "[%d/%d] %s".formatted(index, count, stage);
    shown = Instant.now();
    if (terminal) {
      rewrite(prefix);
    } else {
      line(prefix + ": " + reason);
    }
  }

  @Override
  public synchronized void stageWaiting(String stage) {
    line(prefix + ": another run works on it, waiting");
  }

  @Override
  public synchronized void progress(StageProgress progress) {
    String text = prefix + "  " + ProgressText.of(progress);
    if (terminal) {
      rewrite(text);
    } else if (Duration.between(shown, Instant.now()).compareTo(QUIET) >= 0) {
      shown = Instant.now();
      line(text);
    }
  }

  @Override
  public void stageFailed(String stage, Exception failure) {
    log.failure("Stage " + stage, failure);
  }

  @Override
  public synchronized void stageEnded(StageRecord stage) {
    if (stage.status() == StageStatus.RAN) {
      line("%s: done in %s".formatted(prefix, Amount.duration(stage.seconds())));
    } else if (stage.status() == StageStatus.CUT_OFF) {
      line("%s: inputs came out the same, nothing to do".formatted(stage.name()));
    } else if (stage.status() != StageStatus.CACHED) {
      line(prefix + ": " + stage.status().name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  private void line(String text) {
    erase();
    out.println(text);
  }

  private void rewrite(String text) {
    erase();
    String shortened = text.substring(0, Math.min(text.length(), columns - 1));
    out.print(shortened);
    out.flush();
    width = shortened.length();
  }

  private void erase() {
    if (width > 0) {
      out.print("\r" + " ".repeat(width) + "\r");
      width = 0;
    }
  }
}
