package partita.models.train;

import java.util.List;

/**
 * State that follows the networks: it changes after the updates of each step, and is saved and
 * restored with them.
 */
public interface Follower {

  /** Follows the updates of {@code step}, the first of which is 0. */
  void update(long step);

  /** What has to be saved. */
  List<NamedTensor> state();

  /** Takes its own tensors out of a saved state. */
  void restore(Saved saved);
}
