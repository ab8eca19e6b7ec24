package partita.pipelines.dag;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.StopSignal;

/** A person's wish that the run end soon, passed on to the stage at work. */
public final class StopRequest {
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable WorkArea atWork;
  private boolean made;

  /** Asks the stage at work, if any, to save what it has; no further stage will start. */
  public void make() throws IOException {
    lock.lock();
    try {
      made = true;
      if (atWork != null) {
        StopSignal.raise(atWork);
      }
    } finally {
      lock.unlock();
    }
  }

  boolean made() {
    lock.lock();
    try {
      return made;
    } finally {
      lock.unlock();
    }
  }

  /** A stage begins; a signal left by an earlier run is lowered. */
  void begin(WorkArea work) throws IOException, InterruptedException {
    lock.lock();
    try {
      if (made) {
        throw new InterruptedException("asked to stop");
      }
      StopSignal.lower(work);
      atWork = work;
    } finally {
      lock.unlock();
    }
  }

  /** The stage has ended, one way or the other. */
  void end() {
    lock.lock();
    try {
      atWork = null;
    } finally {
      lock.unlock();
    }
  }
}
