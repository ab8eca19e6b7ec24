package partita.models.metric;

/** Distance between two images of a set, {@link Lpips} for one. */
@FunctionalInterface
public interface PairDistance {

  /** The distance between two images, given by their indices; symmetric, at least 0. */
  double between(int first, int second);

  /** The distance, refused with the images' names when it is none. */
  static double checked(double distance, int first, int second) {
    if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Cannot measure diversity: the distance of images %d and %d is %s, expected a number of at least 0"
              .formatted(first, second, distance));
    }
    return distance;
  }
}
