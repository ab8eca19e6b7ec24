package partita.models.train;

import java.io.IOException;

/** The nearest neighbors of each instance, as row indices. Safe for use by several threads. */
public interface Neighborhoods {

  /** Number of instances. */
  long rows();

  /** Neighbors of each. */
  int k();

  /** Row of the neighbor at {@code rank}, 0 for the nearest, of the instance at {@code row}. */
  long neighbor(long row, int rank) throws IOException;
}
