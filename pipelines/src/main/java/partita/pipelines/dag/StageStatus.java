package partita.pipelines.dag;

/** What became of a stage in a run. */
public enum StageStatus {
  /** Not reached yet. */
  PENDING,
  /** Being worked on; a record that still says so was left by a killed run. */
  RUNNING,
  /** Its artifact was there for this recipe. */
  CACHED,
  /** Its recipe changed but its inputs' contents did not: an existing artifact was taken. */
  CUT_OFF,
  /** It ran and committed an artifact. */
  RAN,
  /** It failed; nothing was committed. */
  FAILED,
  /** It was asked to stop and can be continued. */
  INTERRUPTED,
  /** Left out by {@code --from}, {@code --until} or {@code --only}, or the run ended before it. */
  SKIPPED
}
