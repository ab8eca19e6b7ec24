package partita.pipelines.benchmark;

import java.util.List;
import partita.pipelines.dag.Plan;

/**
 * What would become of a row in a group.
 *
 * @param setup which
 * @param lacks what it cannot run without, a sentence each; it has no trials then
 * @param trials its trials
 */
public record SetupPlan(Setup setup, List<String> lacks, List<PlannedTrial> trials) {

  public SetupPlan {
    lacks = List.copyOf(lacks);
    trials = List.copyOf(trials);
    if (lacks.isEmpty() == trials.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot plan %s: expected either trials or what it lacks".formatted(setup.name()));
    }
  }

  /**
   * A trial and what would run.
   *
   * @param plan its stages with what the store has of them
   */
  public record PlannedTrial(Trial trial, Plan plan) {

    /** Whether all its figures are in the store. */
    public boolean done() {
      return !plan.stale();
    }
  }

  /** Trials whose figures are in the store. */
  public long done() {
    return trials.stream().filter(PlannedTrial::done).count();
  }

  /** Training steps of each trial, 0 when it cannot run. */
  public long steps() {
    return trials.isEmpty() ? 0 : trials.get(0).trial().steps();
  }

  /** What keeps its figures from being the paper's, whatever they will be; a sentence each. */
  public List<String> reservations() {
    if (trials.isEmpty()) {
      return List.of();
    }
    List<String> differences = trials.get(0).trial().differences();
    return differences.isEmpty()
        ? new Budget(steps(), trials.size()).shortOf(setup.benchmark().needed(setup.columns()))
        : differences;
  }
}
