package partita.pipelines.bench;

import java.nio.ByteBuffer;
import java.util.Optional;
import partita.models.random.CounterRandom;
import partita.models.row.ArrayRows;
import partita.models.train.ImageSource;
import partita.models.train.InstanceData;
import partita.models.train.Neighborhoods;

/** Random instances in memory: noise images, normal features, and neighbors anywhere. */
final class SyntheticInstances {
  private static final int CHANNELS = 3;
  private static final int NEIGHBORS = 50;

  private SyntheticInstances() {}

  /**
   * Data that costs next to nothing to read.
   *
   * @param rows number of instances
   * @param side of the images
   * @param features dimensions of an instance's features
   */
  static InstanceData data(int rows, int side, int features, long seed) {
    CounterRandom random = new CounterRandom(seed, "bench.instances");
    float[] values = new float[rows * features];
    for (int row = 0; row < rows; row++) {
      random.normals(0, row, values, row * features, features);
    }
    byte[] pixels = new byte[CHANNELS * side * side];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) random.bits(1, i, 0);
    }
    return new InstanceData(
        new Noise(rows, side, pixels),
        new ArrayRows(values, features),
        Optional.empty(),
        new Anywhere(rows, random));
  }

  /** Every row is the same noise, from another byte on. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Noise(long rows, int side, byte[] pixels) implements ImageSource {
    @Override
    public int channels() {
      return CHANNELS;
    }

    @Override
    public int height() {
      return side;
    }

    @Override
    public int width() {
      return side;
    }

    @Override
    public void gather(long[] wanted, ByteBuffer target) {
      for (long row : wanted) {
        int from = (int) (row % pixels.length);
        target.put(pixels, from, pixels.length - from).put(pixels, 0, from);
      }
    }
  }

  private record Anywhere(long rows, CounterRandom random) implements Neighborhoods {
    @Override
    public int k() {
      return NEIGHBORS;
    }

    @Override
    public long neighbor(long row, int rank) {
      return random.below((int) rows, 2, row, rank);
    }
  }
}
