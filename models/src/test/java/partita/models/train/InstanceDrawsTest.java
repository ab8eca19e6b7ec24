package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import partita.models.network.Condition;

class InstanceDrawsTest {
  private static final int BATCH = 8;
  private static final Cadence CADENCE = new Cadence(1, 2, 2);
  private static final IcGanTraining TRAINING =
      new IcGanTraining(
          IcGanTraining.Pairing.REFERENCE,
          BATCH,
          2,
          2,
          1e-4,
          1e-4,
          0,
          0.999,
          1e-6,
          0.9,
          0,
          true,
          true,
          1);

  private static final InstanceData LABELED =
      ToyInstances.data().withLabels(new Labels(ToyInstances.labels()));

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void realInstancesVisitEveryRowOnceAnEpoch() throws Exception {
    PairDraws draws = draws(ToyInstances.data());
    Set<Integer> seen = new HashSet<>();
    for (int index = 0; index < ToyInstances.ROWS / BATCH; index++) {
      for (Instance instance : instances(draws.real(position(index)).condition())) {
        assertTrue(seen.add(instance.row()));
      }
    }
    assertEquals(ToyInstances.ROWS, seen.size());
  }

  @Test
  void drawsOfAPositionDoNotDependOnThoseBefore() throws Exception {
    PairDraws one = draws(ToyInstances.data());
    for (int index = 0; index < 9; index++) {
      one.real(position(index));
    }
    PairDraws.Pairs expected = draws(ToyInstances.data()).real(position(9));
    PairDraws.Pairs found = one.real(position(9));
    assertArrayEquals(expected.images().toFloatArray(), found.images().toFloatArray());
    assertArrayEquals(features(expected.condition()), features(found.condition()));
  }

  @Test
  void microBatchesOfAStepAndPurposesDrawDifferently() throws Exception {
    PairDraws draws = draws(ToyInstances.data());
    Set<String> fakes = new HashSet<>();
    for (int index = 0; index < 8; index++) {
      for (String purpose : new String[] {"D", "G"}) {
        fakes.add(Arrays.toString(features(draws.fake(purpose, position(index)))));
      }
    }
    assertEquals(16, fakes.size());
  }

  @Test
  void imagesAndLabelsAreThoseOfANeighborOfTheirInstance() throws Exception {
    InstanceData data = LABELED;
    PairDraws draws = draws(data);
    Set<Integer> ranks = new HashSet<>();
    for (int index = 0; index < 3; index++) {
      PairDraws.Pairs pairs = draws.real(position(index));
      Instance[] instances = instances(pairs.condition());
      long[] labels = pairs.condition().labels().toLongArray();
      for (int i = 0; i < BATCH; i++) {
        int rank = rank(data, instances[i].row(), pairs.images().get(i));
        assertEquals(
            (instances[i].row() + 1 + rank) % ToyInstances.ROWS % ToyInstances.CLASSES, labels[i]);
        ranks.add(rank);
      }
    }
    assertEquals(Set.of(0, 1, 2), ranks);
  }

  @Test
  void labelsOfFakePairsAreThoseOfANeighborToo() throws Exception {
    PairDraws draws = draws(LABELED);
    Set<Integer> ranks = new HashSet<>();
    for (int index = 0; index < 4; index++) {
      Condition condition = draws.fake("G", position(index));
      Instance[] instances = instances(condition);
      long[] labels = condition.labels().toLongArray();
      for (int i = 0; i < BATCH; i++) {
        int row = instances[i].row();
        int found = -1;
        for (int rank = 0; rank < 3; rank++) {
          if ((row + 1 + rank) % ToyInstances.ROWS % ToyInstances.CLASSES == labels[i]) {
            found = rank;
          }
        }
        assertTrue(found >= 0, "label " + labels[i] + " is of no neighbor of row " + row);
        ranks.add(found);
      }
    }
    assertEquals(Set.of(0, 1, 2), ranks);
  }

  @Test
  void halfOfTheInstancesGiveTheirFlippedFeatures() throws Exception {
    PairDraws draws = draws(ToyInstances.data());
    int flipped = 0;
    for (int index = 0; index < 50; index++) {
      for (Instance instance : instances(draws.fake("G", position(index)))) {
        flipped += instance.mirrored() ? 1 : 0;
      }
    }
    assertTrue(flipped > 160 && flipped < 240, "flipped " + flipped + " of 400");
  }

  @Test
  void withoutMirroredFeaturesNoInstanceIsFlipped() throws Exception {
    InstanceData data = ToyInstances.data();
    PairDraws draws =
        draws(new InstanceData(data.images(), data.features(), Optional.empty(), data.neighbors()));
    for (Instance instance : instances(draws.fake("G", position(0)))) {
      assertFalse(instance.mirrored());
    }
  }

  /** What features are of. */
  private record Instance(int row, boolean mirrored) {}

  private static Instance[] instances(Condition condition) {
    float[] features = features(condition);
    Instance[] found = new Instance[BATCH];
    for (int i = 0; i < BATCH; i++) {
      int from = i * ToyInstances.FEATURES;
      found[i] = instance(Arrays.copyOfRange(features, from, from + ToyInstances.FEATURES));
    }
    return found;
  }

  private static Instance instance(float[] features) {
    InstanceData data = ToyInstances.data();
    for (int row = 0; row < ToyInstances.ROWS; row++) {
      float[] own = new float[ToyInstances.FEATURES];
      data.features().read(row, 1, FloatBuffer.wrap(own));
      if (Arrays.equals(own, features)) {
        return new Instance(row, false);
      }
      data.mirrored().orElseThrow().read(row, 1, FloatBuffer.wrap(own));
      if (Arrays.equals(own, features)) {
        return new Instance(row, true);
      }
    }
    throw new AssertionError("features of no instance: " + Arrays.toString(features));
  }

  /** Rank of the neighbor of an instance whose image, or its mirror image, this is. */
  private int rank(InstanceData data, int row, NDArray image) throws Exception {
    for (int rank = 0; rank < data.neighbors().k(); rank++) {
      long[] neighbor = {data.neighbors().neighbor(row, rank)};
      for (boolean mirrored : new boolean[] {false, true}) {
        NDArray own =
            PixelBatch.load(manager, data.images(), neighbor, new boolean[] {mirrored}).get(0);
        if (Arrays.equals(own.toFloatArray(), image.toFloatArray())) {
          return rank;
        }
      }
    }
    throw new AssertionError("image of no neighbor of row " + row);
  }

  private static float[] features(Condition condition) {
    return condition.parts().get(Condition.Part.FEATURE).toFloatArray();
  }

  private PairDraws draws(InstanceData data) {
    return new InstanceDraws(manager, data, TRAINING, 1);
  }

  private static Position position(int index) {
    return Position.of(index / 4, index / 2 % 2, index % 2, CADENCE);
  }
}
