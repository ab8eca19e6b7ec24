package partita.pipelines.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentLoader;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.Planner;
import partita.pipelines.dag.Selection;
import partita.pipelines.dag.StageGraph;
import partita.schemas.artifact.ArtifactStore;
import partita.transforms.dataset.DatasetException;

/** Turns the rows of a table into trials, and asks the store what of them is there. */
final class TrialPlanner {
  /** What makes a training another size, and with it one for a CPU perhaps. */
  private static final String STEPS = "train.steps=";

  private final ExperimentLoader experiments;
  private final ArtifactStore store;
  private final ReproductionRequest request;

  TrialPlanner(ExperimentLoader experiments, ArtifactStore store, ReproductionRequest request) {
    this.experiments = experiments;
    this.store = store;
    this.request = request;
  }

  /**
   * Plans every row in every group.
   *
   * @throws BadInputException when an experiment, a setting or a requirement cannot be used
   */
  List<SetupPlan> plan(Benchmark benchmark) throws IOException {
    List<SetupPlan> plans = new ArrayList<>();
    for (Setup setup : benchmark.setups()) {
      plans.add(plan(setup));
    }
    return plans;
  }

  private SetupPlan plan(Setup setup) throws IOException {
    List<String> lacks = setup.lacks(request.execution().device(), resized());
    if (!lacks.isEmpty()) {
      return new SetupPlan(setup, lacks, List.of());
    }
    List<SetupPlan.PlannedTrial> trials = new ArrayList<>();
    try {
      for (int number = 1; number <= request.trials(); number++) {
        Trial trial = trial(setup, number);
        trials.add(new SetupPlan.PlannedTrial(trial, plan(trial)));
      }
      SetupPlan plan = new SetupPlan(setup, List.of(), trials);
      // Mistakes in the table's requirements and metrics show before anything runs.
      plan.reservations();
      trials.get(0).trial().requireMetrics();
      return plan;
    } catch (BadInputException e) {
      if (e.getCause() instanceof DatasetException missing) {
        return new SetupPlan(setup, List.of(String.valueOf(missing.getMessage())), List.of());
      }
      throw new BadInputException("Row %s: %s".formatted(setup.name(), e.getMessage()), e);
    }
  }

  private boolean resized() {
    return request.overrides().stream().anyMatch(override -> override.startsWith(STEPS));
  }

  /** What a run of the trial would do now. */
  Plan plan(Trial trial) throws IOException {
    return new Planner(store, request.execution(), false).plan(trial.graph(), Selection.ALL);
  }

  private Trial trial(Setup setup, int number) throws IOException {
    List<String> overrides = new ArrayList<>(setup.overrides());
    overrides.addAll(request.overrides());
    overrides.add("seed=" + setup.seed(number));
    String experiment = setup.columns().experiment().orElseThrow();
    StageGraph graph =
        experiments.load(new ExperimentRequest(experiment, request.data(), overrides, null));
    graph.stage(Trial.SUMMARY);
    List<String> words = new ArrayList<>(List.of("run", "--experiment=" + experiment));
    overrides.forEach(override -> words.add("--set=" + override));
    words.addAll(request.options());
    return new Trial(setup, number, words, graph);
  }
}
