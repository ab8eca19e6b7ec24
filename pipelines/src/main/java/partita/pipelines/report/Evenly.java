package partita.pipelines.report;

import java.util.stream.IntStream;

/** Picks a few of many, evenly spaced, first and last included. */
final class Evenly {
  private Evenly() {}

  /** At most {@code most} rising indices of {@code 0 .. count - 1}. */
  static int[] pick(int count, int most) {
    int picked = Math.min(count, most);
    return IntStream.range(0, picked)
        .map(i -> picked == 1 ? 0 : (int) ((long) i * (count - 1) / (picked - 1)))
        .toArray();
  }
}
