package partita.models.train;

import java.io.IOException;
import java.util.Optional;

/** Keeps the state of an unfinished training where a crash cannot reach it. */
public interface CheckpointSink {

  /** Saves a state; when this returns, {@link #latest} finds it, even after a crash. */
  void save(TrainingState state) throws IOException;

  /** The newest state that is undamaged. */
  Optional<TrainingState> latest() throws IOException;
}
