package partita.models.metric;

/**
 * Mean distance between matched images. With {@link Lpips}: the LPIPS of two sets, image i against
 * image i; and the reconstruction error, an image against what a generator makes of it (Liu et al.,
 * "Diverse image generation via self-conditioned GANs", CVPR 2020, section 4.4.3, which takes the
 * mean over 50,000 training images; its Figure 3 is the histogram of the same distances).
 *
 * @param mean over the pairs
 * @param std population standard deviation over the pairs
 * @param pairs how many
 */
public record PairedDistance(double mean, double std, int pairs) {

  /**
   * The mean of given distances.
   *
   * @param distances of matched images, at least 0
   * @throws IllegalArgumentException when there is none or one is not a distance; names the pair
   */
  public static PairedDistance of(double... distances) {
    if (distances.length == 0) {
      throw new IllegalArgumentException(
          "Cannot take a mean distance of 0 pairs: expected at least 1");
    }
    double sum = 0;
    for (int i = 0; i < distances.length; i++) {
      sum += requireDistance(distances[i], i);
    }
    double mean = sum / distances.length;
    double variance = 0;
    for (double distance : distances) {
      variance += (distance - mean) * (distance - mean) / distances.length;
    }
    return new PairedDistance(mean, Math.sqrt(variance), distances.length);
  }

  private static double requireDistance(double distance, int pair) {
    if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Cannot take a mean distance: that of pair %d is %s, expected a number of at least 0"
              .formatted(pair, distance));
    }
    return distance;
  }
}
