package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;

/** The formula, by scikit-learn's kernel and NumPy's draws. */
class KernelDistanceTest {

  @Test
  void theEstimateOverAllRowsEqualsTheFormula() throws IOException {
    KernelDistance found = KernelDistance.ofAll(Figures.real(), Figures.generated());
    Figures.assertFigure("kernel.all", found.value());
    assertTrue(Double.isNaN(found.std()));
  }

  @Test
  void theMeanOverSubsetsEqualsTheFormulaOnTheSameDraws() throws IOException {
    KernelDistance found =
        KernelDistance.ofSubsets(Figures.real(), Figures.generated(), 7, 50, KernelDistance.SEED);
    Figures.assertFigure("kernel.subsets.mean", found.value());
    Figures.assertFigure("kernel.subsets.std", found.std());
  }

  @Test
  void permutationsAreThoseOfNumpy() throws IOException {
    int[] expected = Golden.ints("metric/protocols/permutations.bin");
    assertArrayEquals(Arrays.copyOf(expected, 1000), new NumpyRandomState(2020).permutation(1000));
    assertArrayEquals(
        Arrays.copyOfRange(expected, 1000, 1007), new NumpyRandomState(0).permutation(7));
    assertArrayEquals(
        Arrays.copyOfRange(expected, 1007, 1072), new NumpyRandomState(-1).permutation(65));
  }

  /** 1,500 rows are two blocks: the sums over pairs in Java, in float64. */
  @Test
  void blocksDoNotShowInTheResult() {
    float[] values = new float[2 * 1500];
    new CounterRandom(4, "rows").normals(0, 0, values, 0, values.length);
    RowSource x = new ArrayRows(values, 2);
    RowSource y = Figures.first(x, 1100);
    double expected =
        sum(values, 1500, 1500, true) / (1500.0 * 1499)
            + sum(values, 1100, 1100, true) / (1100.0 * 1099)
            - 2 * sum(values, 1500, 1100, false) / (1500.0 * 1100);
    assertEquals(expected, KernelDistance.ofAll(x, y).value(), 1e-12);
  }

  private static double sum(float[] values, int m, int n, boolean others) {
    double sum = 0;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double product =
            (double) values[2 * i] * values[2 * j] + (double) values[2 * i + 1] * values[2 * j + 1];
        sum += others && i == j ? 0 : Math.pow(product / 2 + 1, 3);
      }
    }
    return sum;
  }

  @Test
  void badInputIsRefused() throws IOException {
    RowSource real = Figures.real();
    assertEquals(
        "Cannot compare features: found 12 and 7 dimensions, expected equal; use one network for"
            + " both",
        Figures.refusal(() -> KernelDistance.ofAll(real, Figures.logits())));
    assertEquals(
        "Cannot estimate a kernel distance: found 1 generated rows, expected at least 2; add rows"
            + " or lower the rows of a subset",
        Figures.refusal(() -> KernelDistance.ofAll(real, Figures.first(real, 1))));
    Figures.refusal(() -> KernelDistance.ofAll(Figures.first(real, 0), real));
    Figures.refusal(() -> KernelDistance.ofSubsets(real, real, 1, 301, 0));
    Figures.refusal(() -> KernelDistance.ofSubsets(real, real, 0, 10, 0));
    String refusal = Figures.refusal(() -> KernelDistance.ofAll(real, Figures.broken(real, 41)));
    assertTrue(refusal.startsWith("Cannot use row 41: value 1 is NaN"), refusal);
  }
}
