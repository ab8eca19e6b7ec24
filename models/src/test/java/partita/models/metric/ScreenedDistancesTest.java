package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import partita.models.op.NativeThreads;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.Precision;

/** What the screen leaves out changes nothing: all pairs in float64, in Java. */
class ScreenedDistancesTest {
  private static final int WIDTH = 7;

  /** Enough for bfloat16 where the processor has it. */
  private static final int WIDE = 40;

  private static final int REAL = 1300;
  private static final int GENERATED = 1100;
  private static final int K = 3;
  private static final long MANY_BYTES = 1L << 30;

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
  @CsvSource({
    "7, 1, 0, false",
    "7, 1, 20000, false",
    "7, 1e20, 0, false",
    "7, 1e-25, 0, false",
    "7, 1, 0, true",
    "33, 1, 0, false",
    "33, 1e20, 0, false",
    "33, 1e-25, 0, false"
  })
  void radiiAndCountsAreThoseOfFloat64(int width, float scale, float shift, boolean whole) {
    float[] real = values(1, REAL * width, scale, shift, whole);
    float[] generated = values(2, GENERATED * width, scale, shift, whole);
    System.arraycopy(real, 0, generated, 0, 40 * width);
    System.arraycopy(real, 0, real, 1200 * width, 50 * width);
    Manifold reals = Manifold.of(new ArrayRows(real, width), K);
    Manifold generateds = Manifold.of(new ArrayRows(generated, width), K);
    double[] realRadii = radii(real, width);
    double[] generatedRadii = radii(generated, width);
    assertArrayEquals(realRadii, reals.squaredRadii());
    assertArrayEquals(generatedRadii, generateds.squaredRadii());
    for (boolean closed : new boolean[] {false, true}) {
      BallCounts found = BallCounts.of(reals, generateds, closed);
      BallCounts expected = counts(real, realRadii, generated, generatedRadii, width, closed);
      assertArrayEquals(expected.realAroundGenerated(), found.realAroundGenerated());
      assertArrayEquals(expected.generatedInReal(), found.generatedInReal());
      assertArrayEquals(expected.generatedAroundReal(), found.generatedAroundReal());
    }
  }

  @Test
  void radiiOfPartsAreThoseOfAll() {
    ArrayRows rows = new ArrayRows(values(3, REAL * WIDTH, 1, 0, false), WIDTH);
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
    Manifold one = Manifold.of(new ArrayRows(values(4, REAL * WIDTH, 1, 0, false), WIDTH), K);
    NativeThreads.set(3);
    Manifold three = Manifold.of(one.features(), K);
    assertArrayEquals(one.squaredRadii(), three.squaredRadii());
    assertEquals(Prdc.of(one, one), Prdc.of(three, three));
    assertEquals(3, NativeThreads.get());
  }

  @Test
  void rowsThatAreNotKeptAreReadAgain() {
    ArrayRows rows = new ArrayRows(values(6, REAL * WIDTH, 1, 0, false), WIDTH);
    try (ScreenedRows kept = new ScreenedRows(rows);
        ScreenedRows streamed = new ScreenedRows(rows, Precision.FLOAT32, 0)) {
      assertEquals(2, streamed.blocks());
      for (int block = 0; block < 2; block++) {
        try (ScreenedRows.Block expected = kept.open(block);
            ScreenedRows.Block found = streamed.open(block);
            ScreenedRows.Block again = streamed.open(block)) {
          assertEquals(650, found.tile().count());
          assertArrayEquals(
              expected.tile().array().toFloatArray(), found.tile().array().toFloatArray());
          assertTrue(found.tile() != again.tile());
        }
      }
      String refusal =
          Figures.refusal(
              () -> new ScreenedRows(Figures.broken(rows, 700), Precision.FLOAT32, 0).open(1));
      assertTrue(refusal.startsWith("Cannot use row 700"), refusal);
    }
  }

  /** All pairs of two sets about a point far from the origin, whatever the processor prefers. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void nothingNearerThanALimitIsLeftOut(Precision precision) {
    float[] x = values(7, 300 * WIDE, 1, 20, false);
    float[] y = values(8, 200 * WIDE, 1.5f, 20, false);
    try (ScreenedRows left = new ScreenedRows(new ArrayRows(x, WIDE), precision, MANY_BYTES);
        ScreenedRows right = new ScreenedRows(new ArrayRows(y, WIDE), left);
        DistanceScreen screen =
            new DistanceScreen(left.open(0), right.open(0), new NarrowTrials())) {
      for (double limit : new double[] {0, 40, 80, 120, 160, 200}) {
        assertPairs(screen, limit, x, y);
      }
      assertEquals(precision != Precision.FLOAT32, screen.refine(60_000));
      assertPairs(screen, 120, x, y);
      assertFalse(screen.refine(60_000), "float32 is the last resort");
    }
  }

  private static void assertPairs(DistanceScreen screen, double limit, float[] x, float[] y) {
    double[] limits = new double[300];
    Arrays.fill(limits, limit);
    double[] none = new double[200];
    Arrays.fill(none, Double.NEGATIVE_INFINITY);
    DistanceScreen.Pairs pairs = screen.below(limits, none);
    DistanceBounds bounds = screen.leftBounds();
    float[] within = bounds.within(limits);
    Set<Integer> found = new HashSet<>();
    int open = 0;
    for (int p = 0; p < pairs.count(); p++) {
      int i = pairs.rows()[p];
      int j = pairs.columns()[p];
      double exact = screen.exact(i, j);
      assertTrue(exact <= bounds.most(i, pairs.computed()[p]));
      if (pairs.computed()[p] < within[i]) {
        assertTrue(exact < limit);
      } else {
        open++;
      }
      found.add(i * 200 + j);
    }
    for (int i = 0; i < 300; i++) {
      for (int j = 0; j < 200; j++) {
        if (distance(x, i, y, j, WIDE) <= limit) {
          assertTrue(found.contains(i * 200 + j));
        }
      }
    }
    assertTrue(open < 60_000 / 10, open + " pairs of 60,000 are open at " + limit);
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
    ArrayRows rows = new ArrayRows(values(5, REAL * WIDTH, 1, 0, false), WIDTH);
    String refusal = Figures.refusal(() -> Manifold.of(Figures.broken(rows, 1299), K));
    assertTrue(refusal.startsWith("Cannot use row 1299: value 1 is NaN"), refusal);
  }

  private static float[] values(int seed, int count, float scale, float shift, boolean whole) {
    float[] values = new float[count];
    new CounterRandom(seed, "screen").normals(0, 0, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] = whole ? Math.round(values[i]) : values[i] * scale + shift;
    }
    return values;
  }

  private static double distance(float[] x, int i, float[] y, int j, int width) {
    double[] sums = new double[4];
    for (int c = 0; c < width; c++) {
      double difference = (double) x[i * width + c] - y[j * width + c];
      // The four partial sums are those of the product code: the last bit decides about ties.
      sums[c < width / 4 * 4 ? c % 4 : 0] += difference * difference;
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  private static double[] radii(float[] x, int width) {
    int count = x.length / width;
    double[] radii = new double[count];
    for (int i = 0; i < count; i++) {
      double[] others = new double[count];
      for (int j = 0; j < count; j++) {
        others[j] = j == i ? Double.POSITIVE_INFINITY : distance(x, i, x, j, width);
      }
      Arrays.sort(others);
      radii[i] = others[K - 1];
    }
    return radii;
  }

  private static BallCounts counts(
      float[] real,
      double[] realRadii,
      float[] generated,
      double[] radii,
      int width,
      boolean closed) {
    BallCounts counts = new BallCounts(new long[GENERATED], new long[REAL], new long[REAL]);
    for (int i = 0; i < REAL; i++) {
      for (int j = 0; j < GENERATED; j++) {
        double distance = distance(real, i, generated, j, width);
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
