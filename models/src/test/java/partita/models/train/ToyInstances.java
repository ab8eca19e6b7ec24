package partita.models.train;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Optional;
import java.util.stream.IntStream;
import partita.models.random.CounterRandom;
import partita.models.row.RowSource;

/** A few gray images of discs whose center is their feature; neighbors are the next rows. */
final class ToyInstances {
  static final int ROWS = 24;
  static final int SIDE = 32;
  static final int FEATURES = 4;
  static final int CLASSES = 5;

  private static final CounterRandom RANDOM = new CounterRandom(3, "toy");

  private ToyInstances() {}

  static InstanceData data() {
    return new InstanceData(images(), features(false), Optional.of(features(true)), neighbors());
  }

  /** Its row modulo {@link #CLASSES} is an image's label. */
  static int[] labels() {
    return IntStream.range(0, ROWS).map(row -> row % CLASSES).toArray();
  }

  static ImageSource images() {
    return new ImageSource() {
      @Override
      public long rows() {
        return ROWS;
      }

      @Override
      public int channels() {
        return 1;
      }

      @Override
      public int height() {
        return SIDE;
      }

      @Override
      public int width() {
        return SIDE;
      }

      @Override
      public void gather(long[] rows, ByteBuffer target) {
        for (long row : rows) {
          double x = center(row, 0);
          double y = center(row, 1);
          for (int i = 0; i < SIDE * SIDE; i++) {
            double distance = Math.hypot(i % SIDE - x, (double) (i / SIDE) - y);
            target.put((byte) (distance < 6 ? 230 : 20));
          }
        }
      }
    };
  }

  private static RowSource features(boolean mirrored) {
    return new RowSource() {
      @Override
      public long rows() {
        return ROWS;
      }

      @Override
      public int width() {
        return FEATURES;
      }

      @Override
      public void read(long row, int count, FloatBuffer target) {
        for (long r = row; r < row + count; r++) {
          double x = center(r, 0);
          target.put((float) (mirrored ? SIDE - 1 - x : x)).put((float) center(r, 1));
          target.put(1).put(2);
        }
      }
    };
  }

  private static Neighborhoods neighbors() {
    return new Neighborhoods() {
      @Override
      public long rows() {
        return ROWS;
      }

      @Override
      public int k() {
        return 3;
      }

      @Override
      public long neighbor(long row, int rank) {
        return (row + 1 + rank) % ROWS;
      }
    };
  }

  private static double center(long row, int axis) {
    return 8 + 16 * RANDOM.uniform(0, row, axis);
  }
}
