package partita.models.metric;

/** Distance between two images of a set, {@link Lpips} for one. */
@FunctionalInterface
public interface PairDistance {

  /** The distance between two images, given by their indices; symmetric, at least 0. */
  double between(int first, int second);
}
