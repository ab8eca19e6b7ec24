package partita.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import partita.models.row.RowSource;

/**
 * A matrix {@code [rows, width]} of float32 or float64 that {@code numpy.save} wrote, in either
 * order of dimensions and bytes, as rows of float32. The file is mapped, so a matrix may be larger
 * than memory; it must not change meanwhile. Maps are left to the garbage collector.
 */
public final class NpyFile implements RowSource {
  /** Bytes of a map, a multiple of every element's; one map cannot hold 2 GiB. */
  private static final int MAP_BYTES = 1 << 30;

  private final Path path;
  private final NpyHeader header;
  private final long rows;
  private final int width;
  private final ByteBuffer[] maps;

  private NpyFile(Path path, NpyHeader header, ByteBuffer[] maps) {
    this.path = path;
    this.header = header;
    this.maps = maps;
    rows = header.shape().get(0);
    width = Math.toIntExact(header.shape().get(1));
  }

  /**
   * Maps a file.
   *
   * @throws WeightFileException if it is missing, damaged, or holds no such matrix
   */
  public static NpyFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new WeightFileException(
          "Cannot read rows of %s: there is no such file".formatted(path));
    }
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      NpyHeader header = NpyHeader.read(new ChannelInput(channel, 0, size));
      header.requireBytes(size - header.bytes());
      requireMatrix(header);
      ByteBuffer[] maps =
          new ByteBuffer[(int) ((size - header.bytes() + MAP_BYTES - 1) / MAP_BYTES)];
      for (int i = 0; i < maps.length; i++) {
        long start = header.bytes() + (long) i * MAP_BYTES;
        maps[i] =
            channel
                .map(FileChannel.MapMode.READ_ONLY, start, Math.min(MAP_BYTES, size - start))
                .order(header.bigEndian() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      }
      return new NpyFile(path, header, maps);
    } catch (FormatException e) {
      throw new WeightFileException(
          "Cannot read rows of %s: %s".formatted(path, e.getMessage()), e);
    }
  }

  private static void requireMatrix(NpyHeader header) throws FormatException {
    boolean floats = header.type() == StorageType.FLOAT || header.type() == StorageType.DOUBLE;
    boolean matrix =
        header.shape().size() == 2
            && header.shape().get(1) > 0
            && header.shape().get(1) <= Integer.MAX_VALUE;
    if (!floats || !matrix) {
      throw new FormatException(
          "it holds %s %s, expected a matrix [rows, width] of float32 or float64; save it as one"
              .formatted(header.type().word(), header.shape()));
    }
  }

  @Override
  public long rows() {
    return rows;
  }

  @Override
  public int width() {
    return width;
  }

  /**
   * Rows as float32; float64 elements are rounded.
   *
   * @throws IllegalArgumentException when a value is NaN, infinite or beyond float32; names the row
   */
  @Override
  public void read(long row, int count, FloatBuffer target) {
    if (row < 0 || count < 0 || row > rows - count) {
      throw new IndexOutOfBoundsException(
          "Cannot read rows %,d to %,d of %s: it has %,d".formatted(row, row + count, path, rows));
    }
    int start = target.position();
    if (header.fortran()) {
      for (int column = 0; column < width; column++) {
        copy(column * rows + row, count, target, start + column, width);
      }
    } else {
      copy(row * width, count * width, target, start, 1);
    }
    for (int i = 0; i < count * width; i++) {
      if (!Float.isFinite(target.get(start + i))) {
        throw new IllegalArgumentException(
            "Cannot use row %,d of %s: value %d is %s, expected finite numbers that fit float32; check what wrote the file"
                .formatted(row + i / width, path, i % width, target.get(start + i)));
      }
    }
    target.position(start + count * width);
  }

  /** Copies consecutive elements of the file to every {@code step}-th of the target. */
  private void copy(long element, int count, FloatBuffer target, int at, int step) {
    int bytes = header.type().bytes();
    for (int done = 0; done < count; ) {
      long position = (element + done) * bytes;
      ByteBuffer map = maps[(int) (position / MAP_BYTES)];
      int first = (int) (position % MAP_BYTES) / bytes;
      int take = Math.min(count - done, map.limit() / bytes - first);
      if (step == 1 && header.type() == StorageType.FLOAT) {
        target.put(at + done, map.asFloatBuffer(), first, take);
      } else {
        for (int i = 0; i < take; i++) {
          target.put(at + (done + i) * step, header.type().get(map, first + i));
        }
      }
      done += take;
    }
  }
}
