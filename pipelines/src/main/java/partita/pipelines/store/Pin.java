package partita.pipelines.store;

/**
 * What garbage collection never takes.
 *
 * @param kind {@code run}, with all its artifacts, or {@code artifact}, with all that it was made
 *     from
 * @param id run id or action key
 * @param label experiment of the run or stage of the artifact, for people
 */
public record Pin(String kind, String id, String label) {
  static final String RUN = "run";
  static final String ARTIFACT = "artifact";
}
