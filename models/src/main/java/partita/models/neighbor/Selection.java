package partita.models.neighbor;

/** The largest of some numbers, unordered (Hoare, "Algorithm 65: find", 1961). */
final class Selection {
  private Selection() {}

  /**
   * Moves the {@code k} largest of the first {@code count} values before the others.
   *
   * @param k 1 to {@code count}
   */
  static void best(long[] values, int count, int k) {
    int from = 0;
    int to = count - 1;
    while (from < to) {
      long pivot = median(values[from], values[(from + to) >>> 1], values[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (values[i] > pivot) {
          i++;
        }
        while (values[j] < pivot) {
          j--;
        }
        if (i <= j) {
          long larger = values[j];
          values[j--] = values[i];
          values[i++] = larger;
        }
      }
      if (k <= j) {
        to = j;
      } else if (k > i) {
        from = i;
      } else {
        return;
      }
    }
  }

  private static long median(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
