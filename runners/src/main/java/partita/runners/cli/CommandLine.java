package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentLoader;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.Planner;
import partita.pipelines.dag.ReportRenderer;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunsAtWork;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.store.Pin;
import partita.pipelines.store.Pins;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;

/** Does what the words of a command line say. */
public final class CommandLine {
  /** Done. */
  public static final int OK = 0;

  /** Something failed. */
  public static final int FAILED = 1;

  /** What the user gave cannot be used. */
  public static final int BAD_INPUT = 2;

  /** {@code plan --exitCode}: something would run. */
  public static final int STALE = 3;

  /** Stopped by Ctrl-C, as a shell reports it. */
  public static final int INTERRUPTED = 130;

  private final ExperimentLoader experiments;
  private final ReportRenderer reports;
  private final String mainClass;
  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param experiments finds experiments
   * @param reports renders reports
   * @param mainClass main class that understands the same words, for processes beside this one
   * @param out for what was asked
   * @param err for errors, one line each
   */
  public CommandLine(
      ExperimentLoader experiments,
      ReportRenderer reports,
      String mainClass,
      PrintStream out,
      PrintStream err) {
    this.experiments = experiments;
    this.reports = reports;
    this.mainClass = mainClass;
    this.out = out;
    this.err = err;
  }

  /** Runs a command; the result is the exit code. */
  public int run(List<String> words) {
    try {
      Arguments arguments = Arguments.parse(words);
      if (arguments.verb() == Verb.HELP || arguments.given(Option.HELP)) {
        Help.print(arguments.verb(), out);
        return OK;
      }
      return run(new Settings(arguments), Arguments.withoutPasswords(words));
    } catch (BadInputException e) {
      err.println(e.getMessage());
      return BAD_INPUT;
    } catch (UncheckedIOException e) {
      err.println(e.getMessage());
      return FAILED;
    } catch (IOException e) {
      err.println(e.getMessage() == null ? e.toString() : e.getMessage());
      return FAILED;
    }
  }

  private int run(Settings settings, List<String> words) throws IOException {
    RunLogFile.quiet();
    settings.check();
    settings.json().check();
    if (settings.verb() == Verb.BENCH) {
      return new BenchCommand(settings, mainClass, out, err).run();
    } else if (settings.verb() == Verb.REPRODUCE) {
      return new ReproduceCommand(settings, experiments, mainClass, out, err).run(words);
    } else if (settings.verb() == Verb.IMPORT) {
      return new ImportCommand(settings, out, err).run(words);
    } else if (settings.verb() == Verb.EXPORT) {
      return new ExportCommand(settings, out).run();
    }
    if (settings.verb().keepsHouse() && settings.rerun().isEmpty()) {
      return new StoreCommand(settings, out, err).run();
    }
    if (settings.verb() == Verb.SCORE) {
      return new ScoreCommand(settings, out, err).run(words);
    }
    StageGraph graph = load(settings);
    // A stage that does not exist is refused before folders of a store are made.
    settings.selection().forced(graph);
    if (settings.verb() == Verb.VERIFY) {
      StoreCommand.requireStore(settings);
    }
    ArtifactStore store = open(settings);
    return switch (settings.verb()) {
      case RUN -> new RunCommand(settings, store, reports, out, err).run(graph, words);
      case PLAN -> plan(settings, graph, store);
      case STATUS -> status(settings, graph, store);
      case REPORT -> report(graph, store);
      case VERIFY -> new RerunCommand(settings, store, reports, out, err).run(graph);
      case BENCH, REPRODUCE, SCORE, IMPORT, EXPORT, DIFF, GC, EVICT, PROVENANCE, PIN, UNPIN, HELP ->
          throw new IllegalStateException("Cannot load an experiment: the command needs none");
    };
  }

  private StageGraph load(Settings settings) throws IOException {
    ExperimentRequest request = settings.experiment();
    return experiments.load(request);
  }

  static ArtifactStore open(Settings settings) {
    try {
      return settings.looksOnly()
          ? ArtifactStores.read(settings.artifacts())
          : ArtifactStores.open(settings.artifacts());
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private int plan(Settings settings, StageGraph graph, ArtifactStore store) throws IOException {
    Plan plan =
        new Planner(store, settings.execution(), settings.rehash())
            .plan(graph, settings.selection());
    settings.json().write(PlanJson.of(plan), out, () -> PlanText.print(plan, out));
    return settings.exitCode() && plan.stale() ? STALE : OK;
  }

  private int status(Settings settings, StageGraph graph, ArtifactStore store) throws IOException {
    Optional<RunRecord> latest = new RunHistory(store).latest(graph.experiment());
    boolean atWork =
        latest.isPresent()
            && latest.get().status().equals("running")
            && (store.readOnly() || new RunsAtWork(store).alive(latest.get().runId()));
    List<Pin> pins = new Pins(store).all();
    settings
        .json()
        .write(
            new StatusJson(latest.orElse(null), atWork, pins),
            out,
            () -> {
              latest.ifPresentOrElse(
                  record -> StatusText.print(record, atWork, store, out),
                  () ->
                      out.printf(
                          "%s has not been run with artifacts in %s%n",
                          graph.experiment(), store.root()));
              StatusText.print(pins, out);
            });
    return OK;
  }

  private int report(StageGraph graph, ArtifactStore store) throws IOException {
    if (ArtifactStores.isThere(store.root()) && store.readOnly()) {
      throw new BadInputException(
          "Cannot report on %s: the page goes to the store %s, which may only be read; copy the store to where it can be written"
              .formatted(graph.experiment(), store.root()));
    }
    RunRecord record =
        new RunHistory(store)
            .latest(graph.experiment())
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot report on %s: it has not been run with artifacts in %s"
                            .formatted(graph.experiment(), store.root())));
    Path page = reports.render(record, store);
    out.println("Report: " + page);
    return OK;
  }
}
