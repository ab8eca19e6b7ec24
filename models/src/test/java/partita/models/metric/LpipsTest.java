package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import partita.models.row.Golden;

class LpipsTest {
  private static final int PAIRS = 3;
  private static final int[][] LAYERS = {{6, 5, 4}, {4, 3, 3}, {9, 2, 1}};

  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private final List<NDArray> weights = new ArrayList<>();

  @BeforeEach
  void readMaps() throws IOException {
    float[] values = Golden.floats("metric/protocols/maps.bin");
    int start = 0;
    for (int[] layer : LAYERS) {
      Shape shape = new Shape(PAIRS, layer[0], layer[1], layer[2]);
      int size = (int) shape.size();
      first.add(manager.create(Arrays.copyOfRange(values, start, start + size), shape));
      second.add(manager.create(Arrays.copyOfRange(values, start + size, start + 2 * size), shape));
      start += 2 * size;
      weights.add(
          manager.create(
              Arrays.copyOfRange(values, start, start + layer[0]), new Shape(1, layer[0], 1, 1)));
      start += layer[0];
    }
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void distancesOfGivenMapsAreThoseOfThePackageLpips() {
    double[] found = Lpips.distances(first, second, weights);
    for (int pair = 0; pair < PAIRS; pair++) {
      Figures.assertFigure("lpips." + pair, found[pair]);
    }
    assertArrayEquals(found, Lpips.distances(second, first, weights));
  }

  @Test
  void anImageIsAtDistanceZeroFromItself() {
    assertArrayEquals(new double[PAIRS], Lpips.distances(first, first, weights));
  }

  @Test
  void imagesAreShiftedAndScaledByChannel() {
    NDArray image = manager.create(new float[] {-1, 0, 1}, new Shape(1, 3, 1, 1));
    float[] expected = {-.970f / .458f, .088f / .448f, 1.188f / .450f};
    assertArrayEquals(expected, Lpips.input(image).toFloatArray(), 1e-6f);
    assertEquals(
        "Cannot compare images of shape (1, 1, 3): expected [N, 3, H, W]",
        Figures.refusal(() -> Lpips.input(image.reshape(1, 1, 3))));
  }

  @Test
  void mapsThatDoNotFitAreRefused() {
    assertEquals(
        "Cannot compare maps: found 3 and 2 layers and weights of 3, expected as many and at least"
            + " one",
        Figures.refusal(() -> Lpips.distances(first, second.subList(0, 2), weights)));
    Figures.refusal(() -> Lpips.distances(List.of(), List.of(), List.of()));
    List<NDArray> swapped = List.of(weights.get(1), weights.get(0), weights.get(2));
    assertEquals(
        "Cannot compare maps of layer 0: found (3, 6, 5, 4) and (3, 6, 5, 4) with 4 weights,"
            + " expected two equal [3, C, H, W] and C weights",
        Figures.refusal(() -> Lpips.distances(first, second, swapped)));
    NDArray broken = first.get(1).duplicate();
    broken.set(new NDIndex("2, 0, 0, 0"), Float.NaN);
    List<NDArray> maps = List.of(first.get(0), broken, first.get(2));
    assertEquals(
        "Cannot compare pair 2: its distance is NaN, expected finite numbers; check its images and"
            + " the network's weights",
        Figures.refusal(() -> Lpips.distances(maps, second, weights)));
  }
}
