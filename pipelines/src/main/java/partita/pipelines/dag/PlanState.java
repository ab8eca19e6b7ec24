package partita.pipelines.dag;

/** What a run would do with a stage. */
public enum PlanState {
  /** Its artifact is there and complete. */
  CACHED,
  /** It is stale for a reason of its own. */
  WILL_RUN,
  /** It runs if an input that runs before it comes out different. */
  DEPENDS,
  /** It is stale, but {@code --from}, {@code --until} or {@code --only} leave it out. */
  LEFT_OUT
}
