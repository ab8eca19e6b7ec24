package partita.models.cluster;

import java.util.Arrays;
import partita.models.row.ArrayRows;

/**
 * A clustering in progress, one Lloyd iteration at a time. It may hold the rows in native memory
 * until it is finished or closed.
 */
public final class KMeansFit implements AutoCloseable {
  private final Lloyd lloyd;
  private final double[] objectives;
  private float[] centroids;
  private int iteration;
  private long repaired;

  KMeansFit(Lloyd lloyd, int iterations, float[] start) {
    this.lloyd = lloyd;
    this.objectives = new double[iterations];
    this.centroids = start;
  }

  /** Whether all iterations are done. */
  public boolean done() {
    return iteration == objectives.length;
  }

  /** Iterations done. */
  public int iteration() {
    return iteration;
  }

  /**
   * Does one more iteration.
   *
   * @return the sum of squared distances that it started from
   */
  public double step() {
    Lloyd.Step step = lloyd.step(centroids);
    boolean settled = step.repaired() == 0 && Arrays.equals(centroids, step.centroids());
    centroids = step.centroids();
    objectives[iteration++] = step.objective();
    repaired += step.repaired();
    if (settled) {
      // The iterations that are left would find the same again.
      Arrays.fill(objectives, iteration, objectives.length, step.objective());
      iteration = objectives.length;
    }
    return step.objective();
  }

  /** Does the iterations that are left and closes itself. */
  public KMeansResult finish() {
    try (this) {
      while (!done()) {
        step();
      }
    }
    return new KMeansResult(new ArrayRows(centroids, lloyd.width()), objectives, repaired);
  }

  /** Lets go of the rows; there is no further iteration. */
  @Override
  public void close() {
    lloyd.close();
  }
}
