package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RootSumTest {

  @Test
  void fromTheSmallestToTheLargestTheSumIsTheRoot() {
    for (double smallest : new double[] {1e-15, 1e-13, 1e-12, 1e-6, 0.5, 1}) {
      RootSum root = RootSum.over(4 * smallest, 4);
      for (int i = 0; i <= 1000; i++) {
        double x = 4 * Math.pow(smallest, i / 1000.0);
        assertEquals(1, sum(root, x) / Math.sqrt(x), 1e-11, "at " + x + " from " + smallest);
      }
    }
  }

  @Test
  void belowTheSmallestItFallsToZero() {
    RootSum root = RootSum.over(1e-6, 1);
    assertEquals(0, sum(root, 0));
    double before = sum(root, 1e-6);
    for (double x = 5e-7; x > 1e-20; x /= 2) {
      double found = sum(root, x);
      assertTrue(found < before && found < Math.sqrt(x), "at " + x);
      before = found;
    }
  }

  private static double sum(RootSum root, double x) {
    double sum = 0;
    for (int i = 0; i < root.shifts().length; i++) {
      sum += root.weights()[i] * x / (x + root.shifts()[i]);
    }
    return sum;
  }
}
