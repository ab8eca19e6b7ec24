package partita.models.gan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import partita.models.layer.Mode;
import partita.models.network.Condition;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;
import partita.models.train.Position;

/** Labels of a batch, in the features of a discriminator that gives the points themselves. */
class LabelSourceTest {
  private static final long ALL = Long.MAX_VALUE;

  private final NDManager manager = NDManager.newBaseManager("PyTorch");
  private final LabelDiscriminator points = new Points(manager, 1);

  @BeforeAll
  static void oneThread() {
    NativeThreads.set(1);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void fixedLabelsAreThoseOfTheRows() {
    LabelSource source = new FixedLabels(new int[] {2, 0, 1, 1}, 3);
    assertEquals(3, source.labels());
    assertLabels(source.of(batch(0, new long[] {3, 0, 2}, new float[6]), points), 1, 2, 1);
  }

  @Test
  void labelOutsideOfTheNumberOfLabelsIsRefusedByRow() {
    assertEquals(
        "Cannot train on labels: row 1 has label 3, expected 0 to 2; the number of labels must be"
            + " that of the clusters or classes",
        assertThrows(IllegalArgumentException.class, () -> new FixedLabels(new int[] {2, 3}, 3))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> new FixedLabels(new int[] {-1}, 3));
  }

  @Test
  void labelsOfAnotherNumberOfRowsAreRefused() {
    LabelSource source = new FixedLabels(new int[] {2, 0}, 3);
    assertEquals(
        "Cannot train on labels: found 2 labels for 60 rows; run the stage that made them again",
        assertThrows(IllegalArgumentException.class, () -> source.requireRows(60)).getMessage());
  }

  @Test
  void randomLabelsAreDrawnAnewInEachStepAndCoverAllLabels() {
    LabelSource source = new UniformLabels(4, 9);
    long[] rows = new long[200];
    NDArray first = source.of(batch(0, rows, new float[400]), points);
    NDArray second = source.of(batch(1, rows, new float[400]), points);
    assertFalse(Arrays.equals(first.toLongArray(), second.toLongArray()));
    assertArrayEquals(
        first.toLongArray(), source.of(batch(0, rows, new float[400]), points).toLongArray());
    for (long label = 0; label < 4; label++) {
      long wanted = label;
      long found = LongStream.of(first.toLongArray()).filter(drawn -> drawn == wanted).count();
      assertEquals(50, found, 25, "rows with label " + label);
    }
  }

  @Test
  void frozenLabelsAreTheNearestCentroidsInTheFrozenFeatures() {
    // Twice the point is nearest to the second centroid, the point itself to the first.
    LabelSource source = new FrozenClusters(new Points(manager, 2), centroids());
    assertLabels(
        source.of(batch(0, new long[] {0, 1}, new float[] {0.9f, 0, 0.1f, 0}), points), 1, 0);
  }

  @Test
  void centroidsOfOtherFeaturesAreRefused() {
    LabelSource source = new FrozenClusters(points, new ArrayRows(new float[] {1, 2, 3}, 3));
    assertEquals(
        "Cannot label features of 2 dimensions by centroids of 3; cluster the features of this"
            + " discriminator",
        assertThrows(
                IllegalArgumentException.class,
                () -> source.of(batch(0, new long[] {0}, new float[2]), points))
            .getMessage());
  }

  @Test
  void onlineCentroidMovesToEachOfItsPointsByOneOverItsCount() {
    OnlineClusters online = new OnlineClusters(manager, centroids(), ALL, 100);
    NDArray labels =
        online.of(batch(0, new long[3], new float[] {0, 1, 0.5f, -0.5f, 3, 0}), points);
    assertLabels(labels, 0, 0, 1);
    online.update(0);
    // All the way to (0, 1), then half the way to (.5, -.5).
    assertArrayEquals(new double[] {0.25, 0.25, 3, 0}, centroidsOf(online), 1e-12);
    online.of(batch(1, new long[1], new float[] {1.25f, 0.25f}), points);
    online.update(1);
    assertArrayEquals(new double[] {0.25 + 1 / 3.0, 0.25, 3, 0}, centroidsOf(online), 1e-12);
    assertEquals(0, online.watched().get("clusters.reseeded").getFloat());
  }

  @Test
  void onlineCentroidCountsNoFurtherThanItsMemory() {
    OnlineClusters online = new OnlineClusters(manager, centroids(), 2, 100);
    for (int step = 0; step < 3; step++) {
      online.of(batch(step, new long[1], new float[] {0.8f, 0}), points);
      online.update(step);
    }
    online.of(batch(3, new long[1], new float[] {0, 0}), points);
    online.update(3);
    // The fourth point moves it by a half, not by a quarter.
    assertArrayEquals(new double[] {0.4, 0}, Arrays.copyOf(centroidsOf(online), 2), 1e-7);
    online.of(batch(4, new long[4], new float[] {0, 1, 0, -1, 0, 1, 0, -1}), points);
    online.update(4);
    // More points than it remembers: their mean, and nothing beyond.
    assertArrayEquals(new double[] {0, 0}, Arrays.copyOf(centroidsOf(online), 2), 1e-7);
  }

  @Test
  void onlineCentroidsFollowTheDiscriminatorAsItIsAfterTheUpdates() {
    Points live = new Points(manager, 1);
    OnlineClusters online = new OnlineClusters(manager, centroids(), ALL, 100);
    assertLabels(online.of(batch(0, new long[1], new float[] {0.9f, 0}), live), 0);
    live.factor = 2;
    online.update(0);
    // 1.8 is nearer to 2, whose centroid goes there.
    assertArrayEquals(new double[] {0, 0, 1.8, 0}, centroidsOf(online), 1e-6);
  }

  @Test
  void starvedClusterIsReseededFromTheFarthestPointOfTheBatch() {
    OnlineClusters online = new OnlineClusters(manager, centroids(), ALL, 2);
    float[] near = {0, 0, 0, 0.5f, -0.8f, 0};
    for (int step = 0; step < 2; step++) {
      online.of(batch(step, new long[3], near), points);
      online.update(step);
    }
    // All came to the first cluster; (-.8, 0) is the farthest from where that went.
    assertArrayEquals(new double[] {-0.8, 0}, Arrays.copyOfRange(centroidsOf(online), 2, 4), 1e-7);
    assertEquals(1, online.watched().get("clusters.reseeded").getFloat());
    online.of(batch(2, new long[1], new float[] {-1, 0}), points);
    online.update(2);
    // It counts one point, so that the next moves it half way.
    assertArrayEquals(new double[] {-0.9, 0}, Arrays.copyOfRange(centroidsOf(online), 2, 4), 1e-7);
  }

  @Test
  void onlineClustersThatAreReseededInEveryStepAreRefused() {
    assertEquals(
        "Cannot reseed clusters after 0 steps without a point: expected at least 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new OnlineClusters(manager, centroids(), ALL, 0))
            .getMessage());
    assertEquals(
        "Cannot move centroids that remember 0 points: expected at least 1",
        assertThrows(
                IllegalArgumentException.class,
                () -> new OnlineClusters(manager, centroids(), 0, 100))
            .getMessage());
  }

  /** (0, 0) and (2, 0). */
  private static ArrayRows centroids() {
    return new ArrayRows(new float[] {0, 0, 2, 0}, 2);
  }

  private RealBatch batch(long step, long[] rows, float[] samples) {
    return new RealBatch(
        rows, manager.create(samples, new Shape(rows.length, 2)), new Position(step, 0, 0, step));
  }

  private static double[] centroidsOf(OnlineClusters online) {
    DoubleBuffer found = online.state().get(0).content().get().asDoubleBuffer();
    double[] values = new double[found.remaining()];
    found.get(values);
    return values;
  }

  private static void assertLabels(NDArray found, long... expected) {
    assertArrayEquals(expected, found.toLongArray());
  }

  /** Gives the points themselves, times a factor, as features. */
  private static final class Points extends LabelDiscriminator {
    private int factor;

    Points(NDManager manager, int factor) {
      super(manager);
      this.factor = factor;
    }

    @Override
    public NDArray features(NDArray x, Mode mode) {
      return x.mul((float) factor);
    }

    @Override
    public NDArray score(NDArray features, Condition condition, Mode mode) {
      throw new UnsupportedOperationException();
    }
  }
}
