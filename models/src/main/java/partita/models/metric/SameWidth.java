package partita.models.metric;

import partita.models.row.RowSource;

/** That two sets of features are of one network. */
final class SameWidth {
  private SameWidth() {}

  /**
   * Requires rows of one dimension.
   *
   * @throws IllegalArgumentException when the dimensions differ
   */
  static void require(RowSource first, RowSource second) {
    require(first.width(), second.width());
  }

  static void require(int first, int second) {
    if (first != second) {
      throw new IllegalArgumentException(
          "Cannot compare features: found %d and %d dimensions, expected equal; use one network for both"
              .formatted(first, second));
    }
  }
}
