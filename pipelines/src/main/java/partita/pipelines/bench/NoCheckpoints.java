package partita.pipelines.bench;

import java.util.Optional;
import partita.models.train.CheckpointSink;
import partita.models.train.TrainingState;

/** Nothing is saved: a benchmark that was stopped begins anew. */
final class NoCheckpoints implements CheckpointSink {
  @Override
  public void save(TrainingState state) {}

  @Override
  public Optional<TrainingState> latest() {
    return Optional.empty();
  }
}
