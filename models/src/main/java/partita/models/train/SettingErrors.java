package partita.models.train;

import java.util.ArrayList;
import java.util.List;

/** Errors in the settings of a training: all are collected before any is thrown. */
public final class SettingErrors {
  private final List<String> errors = new ArrayList<>();

  /** Expects {@code value >= least}. */
  public void atLeast(long least, long value, String name) {
    if (value < least) {
      errors.add("%s is %d, expected at least %d".formatted(name, value, least));
    }
  }

  /** Expects a finite number above 0. */
  public void positive(double value, String name) {
    if (!(value > 0) || Double.isInfinite(value)) {
      errors.add("%s is %s, expected a positive number".formatted(name, value));
    }
  }

  /** Expects a finite number that is at least 0. */
  public void notNegative(double value, String name) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      errors.add("%s is %s, expected a number of at least 0".formatted(name, value));
    }
  }

  /** Expects a number in [0, 1). */
  public void fraction(double value, String name) {
    if (!(value >= 0 && value < 1)) {
      errors.add("%s is %s, expected a number in [0, 1)".formatted(name, value));
    }
  }

  /**
   * Throws if there are errors.
   *
   * @param failed what cannot be done, {@code "Cannot train IC-GAN"}
   * @throws IllegalArgumentException which lists all of them
   */
  public void throwIfAny(String failed) {
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(failed + ": " + String.join("; ", errors));
    }
  }
}
