package partita.pipelines.dag;

/**
 * One stage of a plan.
 *
 * @param stage the stage
 * @param state what a run would do with it
 * @param reason why, for a person: {@code parameter k changed 50 -> 40}
 * @param recipeKey key known before anything runs
 * @param actionKey key of its artifact when {@link PlanState#CACHED}, otherwise empty
 * @param estimate what running it would cost, by the last time it ran
 */
public record PlannedStage(
    Stage stage,
    PlanState state,
    String reason,
    String recipeKey,
    String actionKey,
    Estimate estimate) {

  /**
   * Cost of a stage, taken from the latest artifact of the same name; negative means unknown.
   *
   * @param seconds wall-clock time
   * @param bytes size of the files written
   */
  public record Estimate(double seconds, long bytes) {
    public static final Estimate UNKNOWN = new Estimate(-1, -1);

    public boolean known() {
      return seconds >= 0;
    }
  }
}
