package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.StopRequest;
import partita.pipelines.score.ScoreJson;
import partita.pipelines.score.ScoreOutcome;
import partita.pipelines.score.ScoreTable;
import partita.pipelines.score.Scorer;
import partita.schemas.artifact.ArtifactStore;

/** The command {@code score}. */
final class ScoreCommand {
  private final Settings settings;
  private final PrintStream out;
  private final PrintStream err;

  ScoreCommand(Settings settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  int run(List<String> words) throws IOException {
    ScoreSettings asked = settings.score();
    ArtifactStore store = CommandLine.open(settings);
    Scorer scorer = new Scorer(asked.request(), store, settings.execution(), settings.rehash());
    RunRequest request =
        new RunRequest(settings.selection(), words, settings.runner(), settings.described());
    PrintStream text = settings.json().takesOutput() ? err : out;
    StopRequest stop = new StopRequest();
    try (StopOnSignal signal = new StopOnSignal(stop::make, err);
        RunLogFile log = new RunLogFile();
        LazyLauncher launcher = new LazyLauncher(settings, Map.of());
        RunListeners listeners = RunListeners.of(settings, store, request, text, log)) {
      return finish(scorer.run(request, launcher, listeners, stop), asked);
    }
  }

  private int finish(ScoreOutcome outcome, ScoreSettings asked) throws IOException {
    switch (outcome.record().status()) {
      case "succeeded" -> {
        settings.json().write(ScoreJson.of(outcome), out, () -> ScoreText.print(outcome, out));
        if (asked.arrow().isPresent()) {
          ScoreTable.write(outcome, asked.arrow().get());
        }
        return CommandLine.OK;
      }
      case "interrupted" -> {
        err.println("Stopped; the same command continues");
        return CommandLine.INTERRUPTED;
      }
      default -> {
        err.println(outcome.badData().orElse(outcome.record().message()));
        return outcome.badData().isPresent() ? CommandLine.BAD_INPUT : CommandLine.FAILED;
      }
    }
  }
}
