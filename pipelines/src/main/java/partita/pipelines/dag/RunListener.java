package partita.pipelines.dag;

import java.io.IOException;
import java.nio.file.Path;

/** Hears of a run as it goes; called from the executor's threads. */
public interface RunListener {

  /** Nobody listens. */
  RunListener SILENT = new RunListener() {};

  /** The run begins; its record is kept in {@code folder}. */
  default void planned(String runId, Path folder, Plan plan) {}

  /** A stale stage begins: the {@code index}-th (from 1) of {@code count} stages. */
  default void stageStarted(String stage, int index, int count, String reason) {}

  /** Another driver works on the same action; this one waits for it. */
  default void stageWaiting(String stage) {}

  /** A running stage got further; about once a second. */
  default void progress(StageProgress progress) {}

  /** Progress could not be read this time. */
  default void progressMissed(IOException cause) {}

  /**
   * A stage failed; its trace is for a log, the message that a person needs follows in the record.
   */
  default void stageFailed(String stage, Exception failure) {}

  /** The run is done with a stage. */
  default void stageEnded(RunRecord.StageRecord stage) {}

  /** The run is over, and this is its last record. */
  default void runEnded(RunRecord record) {}
}
