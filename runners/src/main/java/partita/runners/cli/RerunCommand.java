package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.pipelines.dag.Determinism;
import partita.pipelines.dag.ReportRenderer;
import partita.pipelines.dag.Rerun;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.dag.StopRequest;
import partita.schemas.artifact.ArtifactStore;

/** The command {@code verify --rerun=STAGE}. */
final class RerunCommand {
  private final Settings settings;
  private final ArtifactStore store;
  private final ReportRenderer reports;
  private final PrintStream out;
  private final PrintStream err;

  RerunCommand(
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

  int run(StageGraph graph) throws IOException {
    PrintStream text = settings.json().takesOutput() ? err : out;
    List<String> stages = graph.matching(settings.rerun().orElseThrow());
    List<Determinism> known = new ArrayList<>();
    boolean same = true;
    StopRequest stop = new StopRequest();
    try (StopOnSignal signal = new StopOnSignal(stop::make, err);
        RunLogFile log = new RunLogFile()) {
      Rerun rerun =
          new Rerun(
              store,
              settings.execution(),
              new ConsoleProgress(text, log, settings),
              stop,
              settings.rehash());
      for (String stage : stages) {
        Rerun.Outcome last = null;
        for (int parallelism : settings.rerunParallelisms()) {
          last = check(rerun, graph, stage, parallelism);
          same &= last.same();
          text.println(told(stage, last.check()));
        }
        known.add(last.known());
      }
    } catch (InterruptedException stopped) {
      err.println("Stopped; nothing was kept of the stage that ran");
      return CommandLine.INTERRUPTED;
    }
    settings.json().write(known, out, () -> {});
    report(graph, text);
    return same ? CommandLine.OK : CommandLine.FAILED;
  }

  private Rerun.Outcome check(Rerun rerun, StageGraph graph, String stage, int parallelism)
      throws IOException, InterruptedException {
    try (LazyLauncher launcher =
        new LazyLauncher(settings.withParallelism(parallelism), Map.of())) {
      return rerun.check(graph, stage, parallelism, launcher);
    }
  }

  private static String told(String stage, Determinism.Check check) {
    String at =
        "%s at parallelism %d, %s: "
            .formatted(stage, check.parallelism(), Amount.duration(check.seconds()));
    return check.differences().isEmpty()
        ? at + "the same bits"
        : at + "other bits in " + String.join(", ", check.differences());
  }

  /** The report of the latest run tells it too. */
  private void report(StageGraph graph, PrintStream text) throws IOException {
    Optional<RunRecord> latest = new RunHistory(store).latest(graph.experiment());
    if (latest.isPresent()) {
      text.println("Report: " + reports.render(latest.get(), store));
    }
  }
}
