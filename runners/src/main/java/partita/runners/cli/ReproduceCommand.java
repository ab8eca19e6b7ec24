package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import partita.pipelines.benchmark.Benchmark;
import partita.pipelines.benchmark.EarlierOutcome;
import partita.pipelines.benchmark.Reproducer;
import partita.pipelines.benchmark.Reproduction;
import partita.pipelines.benchmark.ReproductionFiles;
import partita.pipelines.benchmark.ReproductionJson;
import partita.pipelines.benchmark.ReproductionMarkdown;
import partita.pipelines.benchmark.SetupPlan;
import partita.pipelines.benchmark.TablePart;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentLoader;
import partita.schemas.artifact.ArtifactStore;

/** The command {@code reproduce}. */
final class ReproduceCommand {
  private final Settings settings;
  private final ExperimentLoader experiments;
  private final String mainClass;
  private final PrintStream out;
  private final PrintStream err;

  ReproduceCommand(
      Settings settings,
      ExperimentLoader experiments,
      String mainClass,
      PrintStream out,
      PrintStream err) {
    this.settings = settings;
    this.experiments = experiments;
    this.mainClass = mainClass;
    this.out = out;
    this.err = err;
  }

  int run(List<String> words) throws IOException {
    ReproduceSettings asked = settings.reproduce();
    Benchmark part = TablePart.of(Benchmark.read(asked.table()), asked.rows(), asked.columns());
    Optional<EarlierOutcome> earlier = Optional.empty();
    if (settings.against().isPresent()) {
      earlier = Optional.of(EarlierOutcome.read(settings.against().get(), asked.table()));
    }
    ArtifactStore store = CommandLine.open(settings);
    Path folder = folder(asked.table());
    Reproducer reproducer =
        new Reproducer(experiments, store, asked.request(settings, folder, mainClass, words));
    List<SetupPlan> plans = reproducer.plan(part);
    if (asked.planOnly()) {
      settings
          .json()
          .write(ReproductionJson.of(plans), out, () -> ReproducePlanText.print(part, plans, out));
      return CommandLine.OK;
    }
    PrintStream text = settings.json().takesOutput() ? err : out;
    ReproducePlanText.print(part, plans, text);
    // The JVM ends when the signal is closed: what is to be said is said before.
    try (StopOnSignal signal = new StopOnSignal(reproducer::stop, err)) {
      try {
        Reproduction outcome = reproducer.run(part, plans, new ReproduceProgress(text));
        return finish(outcome, earlier, asked, folder);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        err.println("Stopped; the same command continues");
        return CommandLine.INTERRUPTED;
      }
    }
  }

  private int finish(
      Reproduction outcome, Optional<EarlierOutcome> earlier, ReproduceSettings asked, Path folder)
      throws IOException {
    Path page = ReproductionFiles.write(outcome, folder);
    if (asked.markdown().isPresent()) {
      Files.writeString(asked.markdown().get(), ReproductionMarkdown.of(outcome));
    }
    settings
        .json()
        .write(ReproductionJson.of(outcome), out, () -> ReproductionText.print(outcome, page, out));
    boolean worse = false;
    if (earlier.isPresent()) {
      boolean whole = asked.rows().isEmpty() && asked.columns().isEmpty();
      EarlierOutcome.Comparison comparison = earlier.get().with(outcome, whole);
      worse =
          Regressions.tell(comparison.figures(), comparison.worse(), settings.against().get(), err);
    }
    return outcome.failed() || worse ? CommandLine.FAILED : CommandLine.OK;
  }

  /** Outcomes are kept beside the artifacts, where a later one finds them. */
  private Path folder(String table) {
    String artifacts = settings.artifacts();
    if (artifacts.contains("://")) {
      throw new BadInputException(
          "Cannot keep the logs of trials in %s: expected a folder; name one by --artifacts"
              .formatted(artifacts));
    }
    Path name = Path.of(table).getFileName();
    boolean ownFile = table.endsWith(".yaml") || table.endsWith(".yml");
    String time = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(":", "");
    return Path.of(artifacts, "reproductions")
        .resolve(ownFile ? String.valueOf(name).replaceAll("\\.ya?ml$", "") : table)
        .resolve(time)
        .toAbsolutePath();
  }
}
