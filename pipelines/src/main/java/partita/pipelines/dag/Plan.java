package partita.pipelines.dag;

import java.util.List;

/**
 * What a run would do, stage by stage, inputs first.
 *
 * @param experiment name of the experiment
 * @param stages every stage of the graph
 */
public record Plan(String experiment, List<PlannedStage> stages) {

  public Plan {
    stages = List.copyOf(stages);
  }

  /** Whether a run would have something to do. */
  public boolean stale() {
    return stages.stream()
        .anyMatch(
            stage -> stage.state() == PlanState.WILL_RUN || stage.state() == PlanState.DEPENDS);
  }
}
