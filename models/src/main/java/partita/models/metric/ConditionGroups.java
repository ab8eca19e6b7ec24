package partita.models.metric;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Samples by what they were conditioned on. */
final class ConditionGroups {
  private ConditionGroups() {}

  /**
   * The samples of each condition that has two or more, conditions and samples ascending.
   *
   * @param conditions of each sample
   * @throws IllegalArgumentException when no condition has two
   */
  static List<int[]> withPairs(long[] conditions) {
    int[] order =
        IntStream.range(0, conditions.length)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> conditions[i]).thenComparingInt(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> groups = new ArrayList<>();
    for (int start = 0, end; start < order.length; start = end) {
      end = start + 1;
      while (end < order.length && conditions[order[end]] == conditions[order[start]]) {
        end++;
      }
      if (end - start > 1) {
        groups.add(Arrays.copyOfRange(order, start, end));
      }
    }
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot measure diversity: no instance has two samples; draw more samples an instance");
    }
    return groups;
  }
}
