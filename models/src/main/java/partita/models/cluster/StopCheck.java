package partita.models.cluster;

import java.io.IOException;

/** Asked before each iteration of a clustering, which may take long; ends it by an exception. */
@FunctionalInterface
public interface StopCheck {
  void check() throws IOException, InterruptedException;
}
