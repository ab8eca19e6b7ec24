package partita.schemas.table;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/**
 * Vectors in an Arrow IPC file of anyone's making: the column {@link FeatureTable#FEATURE} if there
 * is one, else the only column of fixed-size lists; float32 or float64, which is rounded to
 * float32. One record batch is in memory at a time. Used by one thread.
 */
public final class VectorFile implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;
  private final BufferAllocator allocator;
  private final ArrowFileReader reader;
  private final String column;
  private final int width;
  private final List<ArrowBlock> blocks;

  /** First row of each batch, and the number of rows in all at the end. */
  private final long[] starts;

  private int loaded = -1;

  private VectorFile(
      Path path, FileChannel channel, BufferAllocator allocator, ArrowFileReader reader)
      throws IOException {
    this.path = path;
    this.channel = channel;
    this.allocator = allocator;
    this.reader = reader;
    Field field = column(reader.getVectorSchemaRoot().getSchema().getFields());
    column = field.getName();
    width = ((ArrowType.FixedSizeList) field.getType()).getListSize();
    blocks = reader.getRecordBlocks();
    starts = new long[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      load(i);
      starts[i + 1] = starts[i] + reader.getVectorSchemaRoot().getRowCount();
    }
  }

  /**
   * Opens a file, finds its column and looks at every batch.
   *
   * @throws IOException when it is no Arrow IPC file, damaged, compressed, without such a column or
   *     with nulls in it
   */
  public static VectorFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    BufferAllocator allocator = new RootAllocator();
    ArrowFileReader reader = new ArrowFileReader(channel, allocator);
    try {
      return new VectorFile(path, channel, allocator, reader);
    } catch (IOException | RuntimeException e) {
      close(reader, allocator, channel);
      throw refused(path, e);
    }
  }

  private static IOException refused(Path path, Exception cause) {
    return cause instanceof VectorFileException refused
        ? refused
        : new VectorFileException(
            "Cannot read features %s: it is no Arrow IPC file, damaged or compressed (%s)"
                .formatted(path, cause.getMessage()),
            cause);
  }

  private Field column(List<Field> fields) throws IOException {
    List<Field> vectors = new ArrayList<>();
    for (Field field : fields) {
      if (isVector(field)) {
        vectors.add(field);
      }
    }
    return vectors.stream()
        .filter(field -> vectors.size() == 1 || field.getName().equals(FeatureTable.FEATURE))
        .findFirst()
        .orElseThrow(
            () ->
                new VectorFileException(
                    "Cannot read features %s: it has columns %s, expected one of fixed-size lists of float32 or float64, or one named '%s'"
                        .formatted(
                            path,
                            fields.stream().map(Field::toString).toList(),
                            FeatureTable.FEATURE),
                    null));
  }

  private static boolean isVector(Field field) {
    return field.getType() instanceof ArrowType.FixedSizeList
        && field.getChildren().get(0).getType() instanceof ArrowType.FloatingPoint number
        && number.getPrecision() != FloatingPointPrecision.HALF;
  }

  public long rows() {
    return starts[blocks.size()];
  }

  /** Numbers in a vector. */
  public int width() {
    return width;
  }

  /** Copies {@code count} consecutive vectors to the target's position, which advances. */
  public void read(long row, int count, FloatBuffer target) throws IOException {
    long next = row;
    while (next < row + count) {
      int found = Arrays.binarySearch(starts, next);
      int batch = found < 0 ? -found - 2 : found;
      while (starts[batch + 1] == next) {
        batch++; // an empty batch shares its start with the next
      }
      load(batch);
      int take = (int) Math.min(row + count, starts[batch + 1]) - (int) next;
      copy(Math.toIntExact(next - starts[batch]), take, target);
      next += take;
    }
  }

  private void load(int batch) throws IOException {
    if (batch == loaded) {
      return;
    }
    loaded = -1;
    reader.loadRecordBatch(blocks.get(batch));
    loaded = batch;
    FixedSizeListVector list = list();
    if (list.getNullCount() > 0 || list.getDataVector().getNullCount() > 0) {
      throw new VectorFileException(
          "Cannot read features %s: column '%s' has nulls, expected none".formatted(path, column),
          null);
    }
  }

  private FixedSizeListVector list() throws IOException {
    return (FixedSizeListVector) reader.getVectorSchemaRoot().getVector(column);
  }

  private void copy(int first, int count, FloatBuffer target) throws IOException {
    FieldVector values = list().getDataVector();
    for (int i = first * width; i < (first + count) * width; i++) {
      target.put(
          values instanceof Float4Vector floats
              ? floats.get(i)
              : (float) ((Float8Vector) values).get(i));
    }
  }

  @Override
  public void close() throws IOException {
    close(reader, allocator, channel);
  }

  private static void close(ArrowFileReader reader, BufferAllocator allocator, FileChannel channel)
      throws IOException {
    try (channel;
        allocator;
        reader) {
      // closed in the opposite order, each though another fails
    }
  }

  /** Says all there is to say of a file that cannot be used. */
  private static final class VectorFileException extends IOException {
    private static final long serialVersionUID = 1;

    VectorFileException(String message, @Nullable Exception cause) {
      super(message, cause);
    }
  }
}
