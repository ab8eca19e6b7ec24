package partita.runners.cli;

import java.util.List;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.PlanState;
import partita.pipelines.dag.PlannedStage;
import partita.pipelines.dag.Stage;

/** A plan as it is written for programs. */
record PlanJson(String experiment, boolean stale, List<Entry> stages) {

  /** One stage; {@code seconds} and {@code bytes} are those of the last time, -1 when unknown. */
  record Entry(
      String name,
      PlanState state,
      String reason,
      List<String> inputs,
      String recipeKey,
      String actionKey,
      double seconds,
      long bytes) {}

  static PlanJson of(Plan plan) {
    return new PlanJson(
        plan.experiment(), plan.stale(), plan.stages().stream().map(PlanJson::entry).toList());
  }

  private static Entry entry(PlannedStage planned) {
    return new Entry(
        planned.stage().name(),
        planned.state(),
        planned.reason(),
        planned.stage().inputs().values().stream().map(Stage::name).distinct().toList(),
        planned.recipeKey(),
        planned.actionKey(),
        planned.estimate().seconds(),
        planned.estimate().bytes());
  }
}
