package partita.models.metric;

import java.nio.FloatBuffer;
import java.util.Optional;
import partita.models.row.RowSource;

/**
 * Frechet segmentation distance, FSD (Bau et al., "Seeing what a GAN cannot generate", ICCV 2019,
 * section 3.1; reference: {@code fsd.py} of davidbau/ganseeing): the Frechet distance between sets
 * of images, each described by the share of its area that each class of a segmentation network
 * takes, times 100. The covariance is by n - 1. The reference's unified parser has 336 classes, of
 * objects, parts and materials at once, so shares of an image need not sum to 1. The bare name
 * belongs to that network; lower is better (the arrow in Table 4 of the self-conditioned GAN's
 * paper is wrong), its code takes 10,000 images and the paper says 50,000.
 *
 * @param value the distance of percentages, at least 0 up to rounding
 * @param warning as of {@link FrechetDistance}
 */
public record SegmentationDistance(double value, Optional<String> warning) {
  /** Classes of the reference's segmentation network. */
  public static final int CLASSES = 336;

  private static final double PERCENT = 100;

  /**
   * The distance between two sets of images.
   *
   * @param real {@code [M, classes]}, shares of the image's area in [0, 1]
   * @param generated {@code [N, classes]}
   * @throws IllegalArgumentException when the classes differ, a set has fewer than two rows or a
   *     value is not a share; names the row
   */
  public static SegmentationDistance of(RowSource real, RowSource generated) {
    SameWidth.require(real, generated);
    requireShares("real", real);
    requireShares("generated", generated);
    FrechetDistance distance = FrechetDistance.between(Moments.of(real), Moments.of(generated));
    // A Frechet distance is of squared units.
    return new SegmentationDistance(PERCENT * PERCENT * distance.value(), distance.warning());
  }

  /**
   * The shares of one image's area, a row of {@link #of}.
   *
   * @param labels class of each pixel, {@code [H * W]}; classes below 0 are none, several maps of
   *     one image are added up by the caller
   * @param classes number of classes
   * @throws IllegalArgumentException when there is no pixel or a class is too large
   */
  public static float[] shares(int[] labels, int classes) {
    if (labels.length == 0) {
      throw new IllegalArgumentException(
          "Cannot measure areas: the map has 0 pixels, expected at least 1");
    }
    int[] pixels = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= classes) {
        throw new IllegalArgumentException(
            "Cannot measure areas: pixel %d is of class %d, expected below %d"
                .formatted(i, labels[i], classes));
      }
      if (labels[i] >= 0) {
        pixels[labels[i]]++;
      }
    }
    float[] shares = new float[classes];
    for (int c = 0; c < classes; c++) {
      shares[c] = (float) pixels[c] / labels.length;
    }
    return shares;
  }

  private static void requireShares(String name, RowSource rows) {
    float[] row = new float[rows.width()];
    for (long i = 0; i < rows.rows(); i++) {
      rows.read(i, 1, FloatBuffer.wrap(row));
      for (int c = 0; c < row.length; c++) {
        if (!(row[c] >= 0 && row[c] <= 1)) {
          throw new IllegalArgumentException(
              "Cannot compare segmentations: class %d takes %s of %s image %d, expected a share between 0 and 1"
                  .formatted(c, row[c], name, i));
        }
      }
    }
  }
}
