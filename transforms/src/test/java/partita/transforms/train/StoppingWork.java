package partita.transforms.train;

import java.io.IOException;
import java.util.Optional;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.StopSignal;

/** Counts the steps that look for a stop signal, and raises it before one of them. */
public final class StoppingWork extends DelegatingWork {
  private final int last;
  private int steps;

  /**
   * @param last number of steps to let pass
   */
  public StoppingWork(WorkArea work, int last) {
    super(work);
    this.last = last;
  }

  /** How often a step looked. */
  public int steps() {
    return steps;
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    if (name.equals("stop") && steps++ == last) {
      StopSignal.raise(this);
    }
    return super.read(name);
  }
}
