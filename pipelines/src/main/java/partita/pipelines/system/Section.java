package partita.pipelines.system;

import java.util.function.Supplier;

/** Names the section of the YAML file in what is wrong with its values, as its reader does. */
final class Section {
  private Section() {}

  /**
   * What is made of a section's values.
   *
   * @throws IllegalArgumentException when they cannot be, the section before the reason
   */
  static <T> T of(String section, Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("'%s': %s".formatted(section, e.getMessage()), e);
    }
  }
}
