package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import partita.models.weights.WeightFileException;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.StageProgress;
import partita.transforms.dataset.DatasetException;

/**
 * Tells a stage that failed of the user's own files, which is bad input, from one that failed of
 * anything else. Everything heard is passed on.
 */
public final class BadDataListener implements RunListener {
  private static final List<Class<? extends Exception>> TYPES =
      List.of(DatasetException.class, WeightFileException.class);

  private final RunListener next;
  private @Nullable String badData;

  /**
   * @param next hears everything too
   */
  public BadDataListener(RunListener next) {
    this.next = next;
  }

  /** What is wrong with the user's files, if a stage failed of that. */
  public synchronized Optional<String> badData() {
    return Optional.ofNullable(badData);
  }

  /** A runner may keep of a remote exception only its text, after the name of its type. */
  private static @Nullable String find(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      String text = String.valueOf(cause.getMessage());
      for (Class<? extends Exception> type : TYPES) {
        if (type.isInstance(cause)) {
          return text;
        } else if (text.startsWith(type.getName() + ": ")) {
          return text.substring(type.getName().length() + 2);
        }
      }
      cause = cause.getCause();
    }
    return null;
  }

  @Override
  public void stageFailed(String stage, Exception failure) {
    synchronized (this) {
      badData = find(failure);
    }
    next.stageFailed(stage, failure);
  }

  @Override
  public void planned(String runId, Path folder, Plan plan) {
    next.planned(runId, folder, plan);
  }

  @Override
  public void stageStarted(String stage, int index, int count, String reason) {
    next.stageStarted(stage, index, count, reason);
  }

  @Override
  public void stageWaiting(String stage) {
    next.stageWaiting(stage);
  }

  @Override
  public void progress(StageProgress progress) {
    next.progress(progress);
  }

  @Override
  public void progressMissed(IOException cause) {
    next.progressMissed(cause);
  }

  @Override
  public void stageEnded(RunRecord.StageRecord stage) {
    next.stageEnded(stage);
  }

  @Override
  public void runEnded(RunRecord record) {
    next.runEnded(record);
  }
}
