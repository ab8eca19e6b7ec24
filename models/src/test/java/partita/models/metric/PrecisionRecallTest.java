package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;

class PrecisionRecallTest {

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void improvedPrecisionAndRecallEqualTheFormula(int k) throws IOException {
    PrecisionRecall found = precisionRecall(Figures.real(), Figures.generated(), k);
    assertEquals(Figures.expected("improved.precision." + k), found.precision(), 1e-12);
    assertEquals(Figures.expected("improved.recall." + k), found.recall(), 1e-12);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void prdcEqualsTheFormula(int k) throws IOException {
    Prdc found = prdc(Figures.real(), Figures.generated(), k);
    assertEquals(Figures.expected("prdc.precision." + k), found.precision(), 1e-12);
    assertEquals(Figures.expected("prdc.recall." + k), found.recall(), 1e-12);
    assertEquals(Figures.expected("prdc.density." + k), found.density(), 1e-12);
    assertEquals(Figures.expected("prdc.coverage." + k), found.coverage(), 1e-12);
  }

  /** Integers, so that distances are exact: 4 lies exactly on the balls of radius 2 about 2. */
  @Test
  void aSampleOnTheSphereIsInsideForKynkaanniemiAndOutsideForNaeem() {
    RowSource real = new ArrayRows(new float[] {0, 2}, 1);
    RowSource generated = new ArrayRows(new float[] {4, 40}, 1);
    assertEquals(0.5, precisionRecall(real, generated, 1).precision());
    Prdc open = prdc(real, generated, 1);
    assertEquals(0, open.precision());
    assertEquals(0, open.density());
    assertEquals(0, open.coverage());
    assertEquals(1, open.recall());
  }

  /** 2500 rows span three tiles. */
  @Test
  void tilesDoNotShowInTheResult() {
    float[] line = new float[2500];
    float[] shifted = new float[2500];
    for (int i = 0; i < line.length; i++) {
      line[i] = i;
      shifted[i] = i + 1250;
    }
    PrecisionRecall found = precisionRecall(new ArrayRows(line, 1), new ArrayRows(shifted, 1), 2);
    // Radius 1 inside and 2 at the ends: 1250 coincide, 1 beyond the end is still covered by 2499.
    assertEquals(1252 / 2500.0, found.precision());
    assertEquals(1252 / 2500.0, found.recall());
  }

  @Test
  void tooFewRowsAreRefused() {
    RowSource three = new ArrayRows(new float[] {1, 2, 3}, 1);
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> precisionRecall(three, three, 3));
    assertEquals(
        "Cannot find the distance to neighbor 3: 3 rows, expected more than k; lower k or add rows",
        error.getMessage());
    RowSource wide = new ArrayRows(new float[] {1, 2, 3, 4, 5, 6}, 2);
    assertThrows(IllegalArgumentException.class, () -> prdc(three, wide, 1));
    RowSource broken = new ArrayRows(new float[] {1, Float.NaN, 3}, 1);
    assertThrows(IllegalArgumentException.class, () -> prdc(three, broken, 1));
    Manifold one = Manifold.of(three, 1);
    Manifold two = Manifold.of(three, 2);
    assertThrows(IllegalArgumentException.class, () -> Prdc.of(one, two));
  }

  private static PrecisionRecall precisionRecall(RowSource real, RowSource generated, int k) {
    return PrecisionRecall.of(Manifold.of(real, k), Manifold.of(generated, k));
  }

  private static Prdc prdc(RowSource real, RowSource generated, int k) {
    return Prdc.of(Manifold.of(real, k), Manifold.of(generated, k));
  }
}
