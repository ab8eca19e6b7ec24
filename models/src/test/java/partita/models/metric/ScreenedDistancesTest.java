package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.op.NativeThreads;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;

/** What the float32 screen leaves out changes nothing: all pairs in float64, in Java. */
class ScreenedDistancesTest {
  private static final int WIDTH = 7;
  private static final int REAL = 1300;
  private static final int GENERATED = 1100;
  private static final int K = 3;

  private int threads;

  @BeforeEach
  void oneThread() {
    threads = NativeThreads.get();
    NativeThreads.set(1);
  }

  @AfterEach
  void restoreThreads() {
    NativeThreads.set(threads);
  }

  /**
   * Far from the origin float32 cannot tell any distance, at 1e20 its squares overflow, at 1e-25
   * they vanish; whole numbers have many equal distances.
   */
  @ParameterizedTest
  @CsvSource({"1, 0, false", "1, 20000, false", "1e20, 0, false", "1e-25, 0, false", "1, 0, true"})
  void radiiAndCountsAreThoseOfFloat64(float scale, float shift, boolean whole) {
    float[] real = values(1, REAL, scale, shift, whole);
    float[] generated = values(2, GENERATED, scale, shift, whole);
    System.arraycopy(real, 0, generated, 0, 40 * WIDTH);
    System.arraycopy(real, 0, real, 1200 * WIDTH, 50 * WIDTH);
    Manifold reals = Manifold.of(new ArrayRows(real, WIDTH), K);
    Manifold generateds = Manifold.of(new ArrayRows(generated, WIDTH), K);
    double[] realRadii = radii(real);
    double[] generatedRadii = radii(generated);
    assertArrayEquals(realRadii, reals.squaredRadii());
    assertArrayEquals(generatedRadii, generateds.squaredRadii());
    for (boolean closed : new boolean[] {false, true}) {
      BallCounts found = BallCounts.of(reals, generateds, closed);
      BallCounts expected = counts(real, realRadii, generated, generatedRadii, closed);
      assertArrayEquals(expected.realAroundGenerated(), found.realAroundGenerated());
      assertArrayEquals(expected.generatedInReal(), found.generatedInReal());
      assertArrayEquals(expected.generatedAroundReal(), found.generatedAroundReal());
    }
  }

  @Test
  void radiiOfPartsAreThoseOfAll() {
    ArrayRows rows = new ArrayRows(values(3, REAL, 1, 0, false), WIDTH);
    double[] all = Manifold.of(rows, K).squaredRadii();
    double[] parts = new double[REAL];
    for (int first = 0; first < REAL; first += 500) {
      int count = Math.min(500, REAL - first);
      System.arraycopy(Manifold.squaredRadii(rows, K, first, count), 0, parts, first, count);
    }
    assertArrayEquals(all, parts);
  }

  @Test
  void severalThreadsFindTheSame() {
    Manifold one = Manifold.of(new ArrayRows(values(4, REAL, 1, 0, false), WIDTH), K);
    NativeThreads.set(3);
    Manifold three = Manifold.of(one.features(), K);
    assertArrayEquals(one.squaredRadii(), three.squaredRadii());
    assertEquals(Prdc.of(one, one), Prdc.of(three, three));
    assertEquals(3, NativeThreads.get());
  }

  /** A generator that has collapsed makes one image: a radius of 0 needs no second look. */
  @Test
  void equalRowsHaveRadiusZero() {
    float[] same = new float[GENERATED * WIDTH];
    Arrays.fill(same, 0.3f);
    Manifold collapsed = Manifold.of(new ArrayRows(same, WIDTH), K);
    assertArrayEquals(new double[GENERATED], collapsed.squaredRadii());
    Prdc prdc = Prdc.of(collapsed, collapsed);
    assertEquals(0, prdc.precision());
    assertEquals(1, PrecisionRecall.of(collapsed, collapsed).precision());
  }

  /** More neighbors than a block has rows. */
  @Test
  void manyNeighborsReachBeyondTheirBlock() {
    float[] line = new float[REAL];
    for (int i = 0; i < REAL; i++) {
      line[i] = i;
    }
    double[] radii = Manifold.of(new ArrayRows(line, 1), 1000).squaredRadii();
    assertEquals(1000.0 * 1000, radii[0]);
    assertEquals(500.0 * 500, radii[650]);
  }

  @Test
  void aValueThatIsNoNumberIsNamed() {
    ArrayRows rows = new ArrayRows(values(5, REAL, 1, 0, false), WIDTH);
    String refusal = Figures.refusal(() -> Manifold.of(Figures.broken(rows, 1299), K));
    assertTrue(refusal.startsWith("Cannot use row 1299: value 1 is NaN"), refusal);
  }

  private static float[] values(int seed, int rows, float scale, float shift, boolean whole) {
    float[] values = new float[rows * WIDTH];
    new CounterRandom(seed, "screen").normals(0, 0, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = whole ? Math.round(values[i]) : values[i] * scale + shift;
    }
    return values;
  }

  private static double distance(float[] x, int i, float[] y, int j) {
    double[] sums = new double[4];
    for (int c = 0; c < WIDTH; c++) {
      double difference = (double) x[i * WIDTH + c] - y[j * WIDTH + c];
      // The four partial sums are those of the product code: the last bit decides about ties.
      sums[c < 4 ? c : 0] += difference * difference;
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  private static double[] radii(float[] x) {
    int count = x.length / WIDTH;
    double[] radii = new double[count];
    for (int i = 0; i < count; i++) {
      double[] others = new double[count];
      for (int j = 0; j < count; j++) {
        others[j] = j == i ? Double.POSITIVE_INFINITY : distance(x, i, x, j);
      }
      Arrays.sort(others);
      radii[i] = others[K - 1];
    }
    return radii;
  }

  private static BallCounts counts(
      float[] real, double[] realRadii, float[] generated, double[] radii, boolean closed) {
    BallCounts counts = new BallCounts(new long[GENERATED], new long[REAL], new long[REAL]);
    for (int i = 0; i < REAL; i++) {
      for (int j = 0; j < GENERATED; j++) {
        double distance = distance(real, i, generated, j);
        if (closed ? distance <= realRadii[i] : distance < realRadii[i]) {
          counts.realAroundGenerated()[j]++;
          counts.generatedInReal()[i]++;
        }
        if (closed ? distance <= radii[j] : distance < radii[j]) {
          counts.generatedAroundReal()[i]++;
        }
      }
    }
    return counts;
  }
}
