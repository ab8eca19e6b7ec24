package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import partita.pipelines.dag.Executor;
import partita.pipelines.dag.ReportRenderer;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.dag.StageStatus;
import partita.schemas.artifact.ArtifactStore;

/** The command {@code run}. */
final class RunCommand {
  private final Settings settings;
  private final ArtifactStore store;
  private final ReportRenderer reports;
  private final PrintStream out;
  private final PrintStream err;

  RunCommand(
      Settings settings,
      ArtifactStore store,
      ReportRenderer reports,
      PrintStream out,
      PrintStream err) {
    this.settings = settings;
    this.store = store;
    this.reports = reports;
    this.out = out;
    this.err = err;
  }

  int run(StageGraph graph, List<String> words) throws IOException {
    PrintStream text = settings.json().takesOutput() ? err : out;
    RunRequest request =
        new RunRequest(settings.selection(), words, settings.runner(), settings.described());
    try (RunLogFile log = new RunLogFile();
        LazyLauncher launcher = new LazyLauncher(settings)) {
      ConsoleProgress progress = new ConsoleProgress(text, log, settings);
      Executor executor =
          new Executor(store, settings.execution(), launcher, progress, settings.rehash());
      RunRecord record;
      try (StopOnSignal stop = new StopOnSignal(executor.stopRequest(), err)) {
        record = executor.run(graph, request);
      }
      Path page = reports.render(record, store);
      settings.json().write(record, out, () -> finish(record, page));
      return exitCode(record);
    }
  }

  private void finish(RunRecord record, Path page) {
    long ran = count(record, StageStatus.RAN);
    long upToDate = count(record, StageStatus.CACHED) + count(record, StageStatus.CUT_OFF);
    switch (record.status()) {
      case "succeeded" ->
          out.println(
              ran == 0
                  ? "Nothing to do: %d stages are up to date".formatted(upToDate)
                  : "Done in %s: %d stages ran, %d were up to date"
                      .formatted(Amount.duration(record.seconds()), ran, upToDate));
      case "interrupted" -> err.println("Stopped; the same command continues");
      default -> {
        err.println(record.message());
        err.println("Nothing was lost: the same command continues after " + ran + " stages");
      }
    }
    out.println("Report: " + page);
  }

  private static long count(RunRecord record, StageStatus status) {
    return record.stages().stream().filter(stage -> stage.status() == status).count();
  }

  private static int exitCode(RunRecord record) {
    return switch (record.status()) {
      case "succeeded" -> CommandLine.OK;
      case "interrupted" -> CommandLine.INTERRUPTED;
      default -> CommandLine.FAILED;
    };
  }
}
