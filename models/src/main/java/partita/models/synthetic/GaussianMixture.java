package partita.models.synthetic;

import java.util.ArrayList;
import java.util.List;
import partita.models.random.CounterRandom;

/**
 * Equally likely isotropic Gaussians in the plane, the mode-collapse benchmarks of the
 * self-conditioned GAN paper (section 4.2).
 *
 * @param means centers of the modes
 * @param sigma standard deviation of each mode along each axis
 */
public record GaussianMixture(List<Mean> means, double sigma) {
  private static final int RING_MODES = 8;
  private static final int GRID_EDGE = 5;

  /** Center of a mode. */
  public record Mean(double x, double y) {}

  /** A drawn point and the mode it was drawn from. */
  public record Point(float x, float y, int mode) {}

  public GaussianMixture {
    means = List.copyOf(means);
    if (means.isEmpty() || !(sigma > 0)) {
      throw new IllegalArgumentException(
          "Cannot mix "
              + means.size()
              + " Gaussians of sigma "
              + sigma
              + ": expected at least one and sigma > 0");
    }
  }

  /**
   * {@code ring2d}: 8 modes at angles 2 pi i / 8, variance 1e-4.
   *
   * @param radius 1 in the paper, 2 in the authors' code
   */
  public static GaussianMixture ring(double radius) {
    List<Mean> means = new ArrayList<>();
    for (int i = 0; i < RING_MODES; i++) {
      double angle = 2 * Math.PI * i / RING_MODES;
      means.add(new Mean(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)));
    }
    return new GaussianMixture(means, 0.01);
  }

  /** {@code grid2d}: 25 modes at (2i - 4, 2j - 4) for i, j in 0..4, variance 0.0025. */
  public static GaussianMixture grid() {
    List<Mean> means = new ArrayList<>();
    for (int i = 0; i < GRID_EDGE; i++) {
      for (int j = 0; j < GRID_EDGE; j++) {
        means.add(new Mean(2 * i - 4, 2 * j - 4));
      }
    }
    return new GaussianMixture(means, 0.05);
  }

  /** The point of an index. */
  public Point point(long seed, long index) {
    int mode = new CounterRandom(seed, "mode").below(means.size(), 0, index, 0);
    float[] normals = new float[2];
    new CounterRandom(seed, "point").normals(0, index, normals, 0, 2);
    Mean mean = means.get(mode);
    return new Point(
        (float) (mean.x() + sigma * normals[0]), (float) (mean.y() + sigma * normals[1]), mode);
  }
}
