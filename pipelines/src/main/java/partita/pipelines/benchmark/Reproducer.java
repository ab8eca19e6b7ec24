package partita.pipelines.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import partita.pipelines.benchmark.Reproduction.Cell;
import partita.pipelines.benchmark.Reproduction.Result;
import partita.pipelines.benchmark.Reproduction.TrialResult;
import partita.pipelines.benchmark.SetupPlan.PlannedTrial;
import partita.pipelines.dag.ExperimentLoader;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.PlanState;
import partita.pipelines.dag.PlannedStage;
import partita.pipelines.dag.ReportRenderer;
import partita.pipelines.dag.RunsAtWork;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/** Runs what a table lacks and lays the outcome beside what the paper printed. */
public final class Reproducer {
  private final ArtifactStore store;
  private final ReproductionRequest request;
  private final TrialPlanner planner;
  private @Nullable TrialProcesses processes;
  private boolean stopping;

  public Reproducer(
      ExperimentLoader experiments, ArtifactStore store, ReproductionRequest request) {
    this.store = store;
    this.request = request;
    this.planner = new TrialPlanner(experiments, store, request);
  }

  /**
   * What would run, and what each row lacks. Runs nothing.
   *
   * @throws partita.pipelines.dag.BadInputException when something the table names cannot be used
   */
  public List<SetupPlan> plan(Benchmark part) throws IOException {
    return planner.plan(part);
  }

  /**
   * Runs what is stale. From its beginning to its end garbage collection leaves alone what trials
   * have made, those of earlier days included.
   *
   * @throws InterruptedException when it was asked to stop; what was done is kept
   */
  public Reproduction run(Benchmark part, List<SetupPlan> plans, ReproductionListener listener)
      throws IOException, InterruptedException {
    try (RunsAtWork.Presence present =
        new RunsAtWork(store).enter("reproduce-" + UUID.randomUUID())) {
      keep(plans);
      return runStale(part, plans, listener);
    }
  }

  /** A table of weeks needs artifacts of trials that were done long ago. */
  private void keep(List<SetupPlan> plans) throws IOException {
    for (SetupPlan plan : plans) {
      for (PlannedTrial trial : plan.trials()) {
        for (PlannedStage stage : trial.plan().stages()) {
          if (stage.state() == PlanState.CACHED) {
            Optional<Manifest> used = store.use(stage.actionKey());
          }
        }
      }
    }
  }

  private Reproduction runStale(
      Benchmark part, List<SetupPlan> plans, ReproductionListener listener)
      throws IOException, InterruptedException {
    String started = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Trial> stale =
        plans.stream()
            .flatMap(plan -> plan.trials().stream())
            .filter(trial -> !trial.done())
            .map(PlannedTrial::trial)
            // One trial of every row before the second of any: a look at the whole table is early.
            .sorted(Comparator.comparingInt(Trial::number))
            .toList();
    Map<Trial, String> failures = stale.isEmpty() ? Map.of() : run(stale, listener);
    List<Result> results = new ArrayList<>();
    for (SetupPlan plan : plans) {
      results.add(result(plan, failures));
    }
    return new Reproduction(
        request.table(), part, started, request.command(), store.root(), results);
  }

  private Map<Trial, String> run(List<Trial> stale, ReproductionListener listener)
      throws IOException, InterruptedException {
    Path logs = Files.createDirectories(request.folder().resolve("logs"));
    TrialQueue queue;
    synchronized (this) {
      if (stopping) {
        throw new InterruptedException("asked to stop");
      }
      processes = new TrialProcesses(request.mainClass(), logs, store.temporary());
      queue = new TrialQueue(stale, processes, store, listener);
    }
    return queue.run(request.sideBySide());
  }

  /** Asks the trials at work to save and end; from any thread. */
  public synchronized void stop() {
    stopping = true;
    if (processes != null) {
      processes.stop();
    }
  }

  private Result result(SetupPlan plan, Map<Trial, String> failures) throws IOException {
    Setup setup = plan.setup();
    List<TrialResult> trials = new ArrayList<>();
    Set<String> differences = new LinkedHashSet<>();
    for (PlannedTrial planned : plan.trials()) {
      Trial trial = planned.trial();
      differences.addAll(trial.differences());
      String failure = failures.getOrDefault(trial, "");
      trials.add(failure.isEmpty() ? ended(trial, differences) : failed(trial, failure));
    }
    List<Cell> cells = new ArrayList<>();
    setup
        .columns()
        .columns()
        .forEach(
            (name, column) ->
                cells.add(cell(plan, name, column, trials, List.copyOf(differences))));
    return new Result(setup, plan.steps(), trials, cells);
  }

  private TrialResult ended(Trial trial, Set<String> differences) throws IOException {
    Optional<Manifest> summary = summary(planner.plan(trial));
    if (summary.isEmpty()) {
      return failed(
          trial, "it ended, and its stage %s is not in the store".formatted(Trial.SUMMARY));
    }
    try {
      TrialFigures figures = TrialFigures.read(trial.setup().columns(), store, summary.get());
      differences.addAll(figures.differences());
      Path page = store.run(summary.get().provenance().run()).resolve(ReportRenderer.PAGE);
      return new TrialResult(
          trial.number(),
          trial.seed(),
          figures.values(),
          figures.ceiling(),
          "",
          Optional.of(page).filter(Files::isRegularFile).map(Path::toString));
    } catch (IOException e) {
      return failed(trial, String.valueOf(e.getMessage()));
    }
  }

  private static TrialResult failed(Trial trial, String failure) {
    return new TrialResult(
        trial.number(), trial.seed(), Map.of(), Map.of(), failure, Optional.empty());
  }

  private Optional<Manifest> summary(Plan plan) throws IOException {
    for (PlannedStage stage : plan.stages()) {
      if (stage.stage().name().equals(Trial.SUMMARY) && !stage.actionKey().isEmpty()) {
        return store.find(stage.actionKey());
      }
    }
    return Optional.empty();
  }

  private static Cell cell(
      SetupPlan plan,
      String name,
      Benchmark.Column column,
      List<TrialResult> trials,
      List<String> differences) {
    PaperFigure paper = plan.setup().paper(name);
    if (!plan.lacks().isEmpty()) {
      return new Cell(name, paper, Optional.empty(), new Verdict.Lacks(plan.lacks()));
    }
    Map<Integer, String> failures = new LinkedHashMap<>();
    List<Double> values = new ArrayList<>();
    for (TrialResult trial : trials) {
      if (trial.failure().isEmpty()) {
        values.add(trial.values().get(name));
      } else {
        failures.put(trial.number(), trial.failure());
      }
    }
    Optional<Measured> ours =
        values.isEmpty() ? Optional.empty() : Optional.of(new Measured(values));
    if (!failures.isEmpty()) {
      List<String> told =
          failures.entrySet().stream()
              .map(e -> "trial " + e.getKey() + ": " + e.getValue())
              .toList();
      return new Cell(name, paper, ours, new Verdict.Failed(told));
    }
    Comparison comparison =
        new Comparison(
            paper,
            column.tolerance(),
            column.better(),
            ours.orElseThrow(),
            new Budget(plan.steps(), trials.size()),
            plan.setup().benchmark().needed(plan.setup().columns()),
            differences);
    return new Cell(name, paper, ours, Verdict.of(comparison));
  }
}
