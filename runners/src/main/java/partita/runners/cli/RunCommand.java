package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.Executor;
import partita.pipelines.dag.ReportRenderer;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.dag.StopRequest;
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
    StopRequest stop = new StopRequest();
    try (StopOnSignal signal = new StopOnSignal(stop::make, err);
        RunLogFile log = new RunLogFile();
        LazyLauncher launcher = new LazyLauncher(settings, graph.parallelism());
        RunListeners listeners = RunListeners.of(settings, store, request, text, log)) {
      RunRecord record =
          new Executor(store, settings.execution(), launcher, listeners, stop, settings.rehash())
              .run(graph, request);
      settings.json().write(record, out, () -> finish(record));
      return report(record, log, text) ? exitCode(record) : CommandLine.FAILED;
    }
  }

  /** A report that fails takes nothing from the run. */
  private boolean report(RunRecord record, RunLogFile log, PrintStream text) {
    try {
      boolean idle =
          record.stages().stream().allMatch(stage -> stage.status() == StageStatus.CACHED);
      Optional<Path> earlier = idle ? new RunHistory(store).pageFor(record) : Optional.empty();
      Path page = earlier.isPresent() ? earlier.get() : reports.render(record, store);
      text.println("Report: " + page);
      return true;
    } catch (IOException | RuntimeException e) {
      log.failure("Report of run " + record.runId(), e);
      err.println("Cannot write the report: " + e.getMessage());
      return false;
    }
  }

  private void finish(RunRecord record) {
    long ran = count(record, StageStatus.RAN);
    long upToDate = count(record, StageStatus.CACHED) + count(record, StageStatus.CUT_OFF);
    switch (record.status()) {
      case "succeeded" ->
          out.println(
              ran == 0
                  ? "Nothing to do: %d stages are up to date".formatted(upToDate)
                  : "Done in %s: %d %s ran, %d up to date"
                      .formatted(
                          Amount.duration(record.seconds()),
                          ran,
                          ran == 1 ? "stage" : "stages",
                          upToDate));
      case "interrupted" -> err.println("Stopped; the same command continues");
      default -> {
        err.println(record.message());
        err.println("Nothing was lost: the same command continues after " + ran + " stages");
      }
    }
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
