package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.Executor;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.Selection;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.dag.StopRequest;
import partita.pipelines.exchange.FileContents;
import partita.pipelines.exchange.ImportOutcome;
import partita.pipelines.exchange.NetworkImport;
import partita.pipelines.score.BadDataListener;
import partita.schemas.artifact.ArtifactStore;

/** The command {@code import}. */
final class ImportCommand {
  private final Settings settings;
  private final PrintStream out;
  private final PrintStream err;

  ImportCommand(Settings settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  int run(List<String> words) throws IOException {
    FileContents contents = FileContents.read(Path.of(settings.operand()));
    if (settings.network().isEmpty()) {
      settings.json().write(contents, out, () -> FileContentsText.print(contents, out));
      return CommandLine.OK;
    }
    return take(settings.network().get(), words);
  }

  private int take(String network, List<String> words) throws IOException {
    StageGraph graph = NetworkImport.graph(network, Path.of(settings.operand()));
    ArtifactStore store = CommandLine.open(settings);
    RunRequest request =
        new RunRequest(Selection.ALL, words, settings.runner(), settings.described());
    PrintStream text = settings.json().takesOutput() ? err : out;
    StopRequest stop = new StopRequest();
    try (StopOnSignal signal = new StopOnSignal(stop::make, err);
        RunLogFile log = new RunLogFile();
        LazyLauncher launcher = new LazyLauncher(settings, Map.of());
        RunListeners listeners = RunListeners.of(settings, store, request, text, log)) {
      BadDataListener watching = new BadDataListener(listeners);
      RunRecord record =
          new Executor(store, settings.execution(), launcher, watching, stop, settings.rehash())
              .run(graph, request);
      if (!record.status().equals("succeeded")) {
        err.println(watching.badData().orElse(record.message()));
        if (watching.badData().isPresent()) {
          return CommandLine.BAD_INPUT;
        }
        return record.status().equals("interrupted") ? CommandLine.INTERRUPTED : CommandLine.FAILED;
      }
      ImportOutcome outcome = ImportOutcome.of(record, network, settings.operand());
      settings.json().write(outcome, out, () -> print(outcome, store));
      return CommandLine.OK;
    }
  }

  private void print(ImportOutcome outcome, ArtifactStore store) {
    out.printf(
        "%s as %s: artifact %s in %s%s%n",
        outcome.file(),
        outcome.network(),
        outcome.artifact(),
        store.root(),
        outcome.alreadyThere() ? ", which was there already" : "");
  }
}
