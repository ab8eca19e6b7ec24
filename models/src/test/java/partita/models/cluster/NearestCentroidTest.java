package partita.models.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import partita.models.op.NativeThreads;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.row.Precision;

class NearestCentroidTest {
  private static final int WIDTH = 40;
  private static final int ROWS = 1500;
  private static final int CLUSTERS = 150;

  @BeforeAll
  static void computeOnOneThread() {
    NativeThreads.set(1);
  }

  /** In 40 dimensions the nearest of 150 centroids is often within the rounding of bfloat16. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void whateverScreensTheNearestIsThatOfFloat64(Precision precision) {
    float[] rows = normals(ROWS, "rows");
    float[] centroids = normals(CLUSTERS, "centroids");
    assertNearest(rows, centroids, precision);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void farFromTheOriginToo(Precision precision) {
    float[] rows = shifted(normals(ROWS, "rows"), 300);
    float[] centroids = shifted(normals(CLUSTERS, "centroids"), 300);
    assertNearest(rows, centroids, precision);
  }

  /** All centroids are candidates of bfloat16 and, without a center, of float32. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void centroidsThatRoundingCannotTellApartAreToldApart(Precision precision) {
    float[] rows = normals(200, "rows");
    float[] centroids = normals(CLUSTERS, "centroids");
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 1000 + rows[i] * 1e-3f;
    }
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = (i < WIDTH ? 0 : 1000) + centroids[i] * 1e-3f;
    }
    assertNearest(rows, centroids, precision);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void squaresBeyondFloat32AreCompared(Precision precision) {
    float[] rows = scaled(normals(100, "rows"), 1e30f);
    float[] centroids = scaled(normals(CLUSTERS, "centroids"), 1e30f);
    assertNearest(rows, centroids, precision);
  }

  /** Half the square of the nearest centroid is infinite in float32; nothing else is. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aCentroidWhoseSquareOverflowsIsNotPassedOver(Precision precision) {
    float[] rows = new float[WIDTH];
    rows[0] = 1.26e19f;
    float[] centroids = new float[2 * WIDTH];
    centroids[0] = -2e18f;
    centroids[WIDTH] = 2.65e19f;
    assertNearest(rows, centroids, precision);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void squaresBelowFloat32AreCompared(Precision precision) {
    float[] rows = scaled(normals(100, "rows"), 1e-22f);
    float[] centroids = scaled(normals(CLUSTERS, "centroids"), 1e-22f);
    assertNearest(rows, centroids, precision);
  }

  /** Float64 cannot tell most of these distances apart, so that the smaller index wins. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void ofDistancesThatAreEqualInFloat64TheFirstIsTaken(Precision precision) {
    float[] rows = scaled(normals(100, "rows"), 1e9f);
    float[] centroids = scaled(normals(CLUSTERS, "centroids"), 1e-7f);
    assertNearest(rows, centroids, precision);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void ofEqualCentroidsTheFirstIsTaken(Precision precision) {
    float[] rows = normals(ROWS, "rows");
    float[] centroids = normals(CLUSTERS, "centroids");
    System.arraycopy(centroids, 0, centroids, 100 * WIDTH, 50 * WIDTH);
    for (int cluster : assign(rows, centroids, precision, false).clusters()) {
      assertTrue(cluster < 100);
    }
    assertNearest(rows, centroids, precision);
  }

  @Test
  void aCentroidThatIsNotFiniteIsRefused() {
    float[] centroids = normals(CLUSTERS, "centroids");
    centroids[3 * WIDTH] = Float.NaN;
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new NearestCentroid(centroids, new float[WIDTH], Precision.FLOAT32));
    assertTrue(error.getMessage().startsWith("Cannot use row 3: value 0 is NaN"));
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void rowsKeptAndRowsReadAgainAreAssignedAlike(Precision precision) {
    float[] rows = normals(ROWS, "rows");
    float[] centroids = normals(CLUSTERS, "centroids");
    Assignment kept = assign(rows, centroids, precision, true);
    Assignment read = assign(rows, centroids, precision, false);
    assertArrayEquals(kept.clusters(), read.clusters());
    assertArrayEquals(kept.squaredDistances(), read.squaredDistances());
  }

  @Test
  void theBoundOfBfloat16IsNotIdle() {
    float[] rows = normals(ROWS, "rows");
    float[] centroids = normals(CLUSTERS, "centroids");
    int missed = 0;
    int[] nearest = assign(rows, centroids, Precision.BFLOAT16, false).clusters();
    for (int i = 0; i < ROWS; i++) {
      missed += nearest[i] == roundedNearest(rows, i, centroids) ? 0 : 1;
    }
    assertTrue(missed > 0, "rounding alone already gives the nearest centroid of every row");
  }

  private static void assertNearest(float[] rows, float[] centroids, Precision precision) {
    Assignment found = assign(rows, centroids, precision, false);
    for (int i = 0; i < rows.length / WIDTH; i++) {
      int expected = 0;
      for (int c = 1; c < centroids.length / WIDTH; c++) {
        if (distance(rows, i, centroids, c) < distance(rows, i, centroids, expected)) {
          expected = c;
        }
      }
      assertEquals(expected, found.clusters()[i], "row " + i);
      assertEquals(
          (float) distance(rows, i, centroids, expected), found.squaredDistances()[i], "row " + i);
    }
  }

  private static Assignment assign(
      float[] rows, float[] centroids, Precision precision, boolean again) {
    float[] center = Assignment.center(centroids, WIDTH);
    try (RowBlocks blocks =
        new RowBlocks(
            new ArrayRows(rows, WIDTH),
            0,
            rows.length / WIDTH,
            center,
            precision,
            centroids.length / WIDTH,
            again)) {
      return Assignment.of(blocks, centroids, center, precision);
    }
  }

  private static double distance(float[] rows, int row, float[] centroids, int centroid) {
    double[] sums = new double[4];
    for (int j = 0; j < WIDTH; j++) {
      double difference = (double) rows[row * WIDTH + j] - centroids[centroid * WIDTH + j];
      sums[j % 4] += difference * difference;
    }
    return (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }

  /** The nearest by inputs rounded to the 8 bits of bfloat16 alone. */
  private static int roundedNearest(float[] rows, int row, float[] centroids) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centroids.length / WIDTH; c++) {
      double sum = 0;
      for (int j = 0; j < WIDTH; j++) {
        double difference =
            (double) rounded(rows[row * WIDTH + j]) - rounded(centroids[c * WIDTH + j]);
        sum += difference * difference;
      }
      if (sum < least) {
        least = sum;
        best = c;
      }
    }
    return best;
  }

  private static float rounded(float value) {
    int bits = Float.floatToIntBits(value);
    return Float.intBitsToFloat((bits + 0x7FFF + (bits >>> 16 & 1)) & 0xFFFF0000);
  }

  private static float[] normals(int rows, String stream) {
    float[] values = new float[rows * WIDTH];
    new CounterRandom(1, stream).normals(0, 0, values, 0, values.length);
    return values;
  }

  private static float[] scaled(float[] values, float by) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= by;
    }
    return values;
  }

  private static float[] shifted(float[] values, float by) {
    for (int i = 0; i < values.length; i++) {
      values[i] += by;
    }
    return values;
  }
}
