package partita.models.train;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Looks at the losses of each step and says when training has gone wrong. */
@FunctionalInterface
public interface Watch {

  /** What is wrong, if anything. */
  Optional<String> check(long step, Map<String, Double> values);

  /** Stops when the magnitude of any value passes {@code bound}. */
  static Watch divergence(double bound) {
    return divergence(bound, name -> true);
  }

  /** Stops when the magnitude of a value that is watched passes {@code bound}. */
  static Watch divergence(double bound, Predicate<String> watched) {
    return (step, values) ->
        values.entrySet().stream()
            .filter(value -> watched.test(value.getKey()))
            .filter(value -> Math.abs(value.getValue()) > bound)
            .findFirst()
            .map(
                value ->
                    "%s is %g, beyond the bound of %g; lower the learning rate"
                        .formatted(value.getKey(), value.getValue(), bound));
  }

  /**
   * Stops when {@code value} stays below {@code bound} for {@code steps} steps in a row, within one
   * sitting.
   *
   * @param meaning what that says about the training
   */
  static Watch staysBelow(String value, double bound, int steps, String meaning) {
    return new Watch() {
      private int inARow;

      @Override
      public Optional<String> check(long step, Map<String, Double> values) {
        Double found = values.get(value);
        if (found == null) {
          return Optional.empty();
        }
        inARow = found < bound ? inARow + 1 : 0;
        return inARow < steps
            ? Optional.empty()
            : Optional.of(
                "%s is %g and was below %g for %d steps: %s"
                    .formatted(value, found, bound, inARow, meaning));
      }
    };
  }
}
