package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
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

  private final NDManager manager = NDManager.newBaseManager("PyTorch");

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void realInstancesVisitEveryRowOnceAnEpoch() {
    InstanceDraws draws = draws(ToyInstances.data(), 1);
    Set<Long> seen = new HashSet<>();
    int index = 0;
    for (int i = 0; i < ToyInstances.ROWS / BATCH; i++) {
      for (long row : draws.next(position(index++)).rows()) {
        assertTrue(seen.add(row));
      }
    }
    assertEquals(ToyInstances.ROWS, seen.size());
  }

  @Test
  void drawsOfAPositionDoNotDependOnThoseBefore() {
    InstanceDraws one = draws(ToyInstances.data(), 1);
    for (int index = 0; index < 9; index++) {
      one.next(position(index));
    }
    InstanceDraws other = draws(ToyInstances.data(), 1);
    assertArrayEquals(one.next(position(9)).rows(), other.next(position(9)).rows());
    assertArrayEquals(
        one.latent("D", position(9), 3).toFloatArray(),
        other.latent("D", position(9), 3).toFloatArray());
  }

  @Test
  void microBatchesOfAStepAndPurposesDrawDifferently() {
    InstanceDraws draws = draws(ToyInstances.data(), 1);
    Set<String> latents = new HashSet<>();
    for (int index = 0; index < 8; index++) {
      for (String purpose : new String[] {"D", "G"}) {
        latents.add(Arrays.toString(draws.latent(purpose, position(index), 4).toFloatArray()));
      }
    }
    assertEquals(16, latents.size());
  }

  @Test
  void imagesComeFromTheNeighborsOfTheirInstance() throws Exception {
    InstanceData data = ToyInstances.data();
    InstanceDraws draws = draws(data, 1);
    long[] zeros = new long[BATCH];
    NDArray images =
        draws.neighbors(new InstanceDraws.Instances(zeros, new boolean[BATCH]), position(3));
    Set<Integer> ranks = new HashSet<>();
    for (int i = 0; i < BATCH; i++) {
      float[] image = images.get(i).toFloatArray();
      int matching = -1;
      for (int rank = 0; rank < 3; rank++) {
        for (boolean mirrored : new boolean[] {false, true}) {
          NDArray neighbor =
              PixelBatch.load(
                  manager, data.images(), new long[] {rank + 1L}, new boolean[] {mirrored});
          if (Arrays.equals(image, neighbor.toFloatArray())) {
            matching = rank;
          }
        }
      }
      assertTrue(matching >= 0, "image " + i + " is no neighbor of row 0");
      ranks.add(matching);
    }
    assertEquals(Set.of(0, 1, 2), ranks);
  }

  @Test
  void halfOfTheInstancesGiveTheirFlippedFeatures() {
    InstanceDraws draws = draws(ToyInstances.data(), 1);
    int flipped = 0;
    for (int index = 0; index < 50; index++) {
      InstanceDraws.Instances instances = draws.uniform("G", position(index));
      float[] found = features(draws.condition(instances));
      for (int i = 0; i < BATCH; i++) {
        boolean mirrored = instances.mirrored()[i];
        float[] expected =
            features(
                draws.condition(
                    new InstanceDraws.Instances(
                        new long[] {instances.rows()[i]}, new boolean[] {mirrored})));
        assertEquals(expected[0], found[i * ToyInstances.FEATURES]);
        flipped += mirrored ? 1 : 0;
      }
    }
    assertTrue(flipped > 160 && flipped < 240, "flipped " + flipped + " of 400");
  }

  @Test
  void withoutMirroredFeaturesNoInstanceIsFlipped() {
    InstanceData data = ToyInstances.data();
    InstanceDraws draws =
        draws(
            new InstanceData(data.images(), data.features(), Optional.empty(), data.neighbors()),
            1);
    for (boolean mirrored : draws.uniform("G", position(0)).mirrored()) {
      assertFalse(mirrored);
    }
  }

  private static float[] features(Condition condition) {
    return condition.parts().get(Condition.Part.FEATURE).toFloatArray();
  }

  private InstanceDraws draws(InstanceData data, long seed) {
    IcGanTraining training =
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
    return new InstanceDraws(manager, data, training, seed);
  }

  private static Position position(int index) {
    return Position.of(index / 4, index / 2 % 2, index % 2, CADENCE);
  }
}
