package partita.pipelines.compare;

import java.util.List;

/**
 * A stage in two runs.
 *
 * @param stage name
 * @param presence in which of the runs it has an artifact
 * @param before in the first run
 * @param after in the second run
 * @param changes in what their artifacts differ, metrics last; empty if one of them is not there
 */
public record StageDiff(
    String stage, Presence presence, Side before, Side after, List<Change> changes) {

  public StageDiff {
    changes = List.copyOf(changes);
  }

  /** In which of two runs a stage has an artifact. */
  public enum Presence {
    BOTH,
    FIRST_ONLY,
    SECOND_ONLY,
    NEITHER
  }

  /**
   * A stage in one run.
   *
   * @param status what became of it, empty if the run does not have it
   * @param artifact its action key, empty if it has none
   * @param there whether the artifact is in the store
   * @param seconds wall-clock seconds that making the artifact took, in whichever run that was;
   *     negative when not known
   */
  public record Side(String status, String artifact, boolean there, double seconds) {
    static final Side ABSENT = new Side("", "", false, -1);
  }

  /** Whether both runs have the very same artifact, or neither has one. */
  public boolean same() {
    return before.artifact().equals(after.artifact());
  }
}
