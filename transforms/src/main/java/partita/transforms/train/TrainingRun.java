package partita.transforms.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.models.train.CheckpointSink;
import partita.models.train.TrainableSystem;
import partita.models.train.Trainer;
import partita.models.train.TrainerOptions;
import partita.models.train.TrainingFailedException;
import partita.models.train.TrainingProgress;
import partita.models.train.TrainingState;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;

/**
 * A segment of training inside a shard: goes on from the shard's last checkpoint, else from the
 * state that the segment before ended with, else from the first weights.
 */
public final class TrainingRun {
  private final ShardContext context;

  public TrainingRun(ShardContext context) {
    this.context = context;
  }

  /**
   * Trains until {@code to} steps are finished.
   *
   * @param begin end of the segment before, absent for the first
   * @param curveWindow steps that one point of the loss curve averages
   * @return the trainer, whose state is that after {@code to} steps
   */
  public Trainer run(
      TrainableSystem system, Optional<TrainingState> begin, long to, int curveWindow)
      throws IOException, InterruptedException, TrainingFailedException {
    CheckpointSink checkpoints = new WorkCheckpoints(context.store(), context.work());
    Trainer trainer =
        new Trainer(
            system,
            checkpoints,
            new TrainerOptions(curveWindow, context.execution().checkpointSeconds()));
    checkpoints.latest().or(() -> begin).ifPresent(trainer::restore);
    trainer.run(to, this::stopRequested, this::tell);
    return trainer;
  }

  private boolean stopRequested() {
    try {
      return context.stopRequested();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void tell(TrainingProgress progress) throws IOException {
    context.progress(
        new Progress(
            progress.step(),
            progress.total(),
            "steps",
            progress.stepsPerSecond(),
            withSpeed(progress)));
  }

  private static Map<String, Double> withSpeed(TrainingProgress progress) {
    Map<String, Double> values = new TreeMap<>(progress.losses());
    values.put("images/s", progress.imagesPerSecond());
    return values;
  }
}
