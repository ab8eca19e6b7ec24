package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The papers have no code for these protocols: worked by hand, and formula only by scipy. */
class PerceptualDiversityTest {

  /** Image i is the number i; the distance is the difference. */
  private static final PairDistance DIFFERENCE = (first, second) -> Math.abs(first - second);

  @Test
  void pairsOfAConditionAreAveragedBeforeConditionsAre() {
    // Condition 7 has images 0, 1 and 4: (1 + 4 + 3) / 3; condition 2 has 2 and 5; 9 has no pair.
    long[] conditions = {7, 7, 2, 9, 7, 2};
    PerceptualDiversity found = PerceptualDiversity.ofConditions(conditions, DIFFERENCE);
    assertEquals((8 / 3.0 + 3) / 2, found.value(), 1e-15);
    assertEquals(2, found.means());
  }

  @Test
  void meansOverPairsEqualScipy() {
    long[] conditions = LongStream.range(0, 60).map(i -> i * 7 % 13).toArray();
    PairDistance distance =
        (first, second) -> Math.abs(Math.sin(first * first) - Math.sin(second * second));
    PerceptualDiversity found = PerceptualDiversity.ofConditions(conditions, distance);
    Figures.assertFigure("diversity.conditions", found.value());
  }

  @Test
  void twoDifferentGroupsAreComparedLayoutByLayout() {
    List<int[]> pairs = new ArrayList<>();
    PairDistance counting =
        (first, second) -> {
          pairs.add(new int[] {first, second});
          return 0.25;
        };
    PerceptualDiversity found = PerceptualDiversity.ofGroups(3, 4, 40, 5, counting);
    assertEquals(0.25, found.value(), 1e-15);
    assertEquals(40, found.means());
    assertEquals(160, pairs.size());
    TreeSet<String> groups = new TreeSet<>();
    for (int[] pair : pairs) {
      assertEquals(pair[0] % 4, pair[1] % 4);
      assertTrue(pair[0] / 4 != pair[1] / 4, Arrays.toString(pair));
      groups.add(pair[0] / 4 + " " + pair[1] / 4);
    }
    assertEquals(List.of("0 1", "0 2", "1 0", "1 2", "2 0", "2 1"), List.copyOf(groups));
  }

  @Test
  void theDrawnGroupsFollowFromTheSeed() {
    PerceptualDiversity one = PerceptualDiversity.ofGroups(10, 2, 10, 1, DIFFERENCE);
    assertEquals(one, PerceptualDiversity.ofGroups(10, 2, 10, 1, DIFFERENCE));
    assertTrue(one.value() != PerceptualDiversity.ofGroups(10, 2, 10, 2, DIFFERENCE).value());
  }

  @Test
  void matchedPairsHaveAMeanAndAStandardDeviation() {
    double[] distances = new double[41];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = Math.abs(Math.sin(i));
    }
    PairedDistance found = PairedDistance.of(distances);
    Figures.assertFigure("paired.mean", found.mean());
    Figures.assertFigure("paired.std", found.std());
    assertEquals(41, found.pairs());
  }

  @Test
  void badInputIsRefused() {
    assertEquals(
        "Cannot measure diversity: no instance has two samples; draw more samples an instance",
        Figures.refusal(() -> PerceptualDiversity.ofConditions(new long[] {1, 2}, DIFFERENCE)));
    assertEquals(
        "Cannot measure diversity: the distance of images 0 and 1 is NaN, expected a number of at"
            + " least 0",
        Figures.refusal(
            () -> PerceptualDiversity.ofConditions(new long[] {1, 1}, (a, b) -> Double.NaN)));
    Figures.refusal(() -> PerceptualDiversity.ofGroups(1, 2, 3, 0, DIFFERENCE));
    assertEquals(
        "Cannot take a mean distance: that of pair 1 is Infinity, expected a number of at least 0",
        Figures.refusal(() -> PairedDistance.of(0, Double.POSITIVE_INFINITY)));
    Figures.refusal(() -> PairedDistance.of());
  }
}
