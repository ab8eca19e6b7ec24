package partita.transforms.shard;

import java.io.IOException;
import partita.schemas.artifact.WorkArea;

/** The request to stop, left in an action's work area so that it reaches workers on any machine. */
public final class StopSignal {
  private static final String NAME = "stop";

  private StopSignal() {}

  public static void raise(WorkArea work) throws IOException {
    work.write(NAME, new byte[0]);
  }

  public static void lower(WorkArea work) throws IOException {
    work.delete(NAME);
  }

  static boolean raised(WorkArea work) throws IOException {
    return work.read(NAME).isPresent();
  }
}
