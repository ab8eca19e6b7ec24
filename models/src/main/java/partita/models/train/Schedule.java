package partita.models.train;

/** Factor on the learning rate as a function of the global step; never of time or of losses. */
@FunctionalInterface
public interface Schedule {
  Schedule CONSTANT = step -> 1;

  double factor(long step);

  /** Half a cosine from 1 at step 0 to 0 at step {@code total}. */
  static Schedule cosine(long total) {
    return step -> 0.5 * (1 + StrictMath.cos(Math.PI * Math.min(step, total) / total));
  }
}
