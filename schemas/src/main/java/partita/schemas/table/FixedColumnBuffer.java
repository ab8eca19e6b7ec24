package partita.schemas.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Rows of a fixed-width column, copied block-wise into one buffer of the batch's size. */
final class FixedColumnBuffer implements ColumnBuffer {
  private final Column column;
  private final ArrowBuf validity;
  private final ArrowBuf values;
  private final ByteBuffer view;
  private int rows;

  FixedColumnBuffer(Column column, int rowsPerBatch, BufferAllocator allocator) {
    this.column = column;
    int bytes = Math.multiplyExact(rowsPerBatch, column.rowBytes());
    validity = allocator.getEmpty();
    values = allocator.buffer(bytes);
    view = values.nioBuffer(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void check(Object block, int rows) {
    long found;
    if (block instanceof ByteBuffer bytes) {
      found = bytes.remaining();
    } else if (block instanceof byte[] bytes && column.type() == ElementType.UINT8) {
      found = bytes.length;
    } else if (block instanceof int[] values && column.type() == ElementType.INT32) {
      found = 4L * values.length;
    } else if (block instanceof long[] values && column.type() == ElementType.INT64) {
      found = 8L * values.length;
    } else if (block instanceof float[] values && column.type() == ElementType.FLOAT32) {
      found = 4L * values.length;
    } else if (block instanceof double[] values && column.type() == ElementType.FLOAT64) {
      found = 8L * values.length;
    } else {
      throw new IllegalArgumentException(
          "Cannot append to column %s: found %s, expected a ByteBuffer or an array of %s"
              .formatted(column.name(), block.getClass().getSimpleName(), column.type()));
    }
    if (found != (long) rows * column.rowBytes()) {
      throw new IllegalArgumentException(
          "Cannot append to column %s: found %,d bytes, expected %,d rows of %,d bytes"
              .formatted(column.name(), found, rows, column.rowBytes()));
    }
  }

  @Override
  public void append(Object block, int from, int count) {
    int to = rows * column.rowBytes();
    if (block instanceof ByteBuffer bytes) {
      int start = bytes.position() + from * column.rowBytes();
      view.put(to, bytes, start, count * column.rowBytes());
    } else {
      ByteBuffer target = view.slice(to, count * column.rowBytes()).order(view.order());
      putArray(target, block, from * column.elements(), count * column.elements());
    }
    rows += count;
  }

  private static void putArray(ByteBuffer target, Object array, int from, int count) {
    if (array instanceof byte[] values) {
      target.put(values, from, count);
    } else if (array instanceof int[] values) {
      target.asIntBuffer().put(values, from, count);
    } else if (array instanceof long[] values) {
      target.asLongBuffer().put(values, from, count);
    } else if (array instanceof float[] values) {
      target.asFloatBuffer().put(values, from, count);
    } else {
      target.asDoubleBuffer().put((double[]) array, from, count);
    }
  }

  @Override
  public void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    nodes.add(new ArrowFieldNode(rows, 0));
    buffers.add(validity);
    if (!column.shape().isEmpty()) {
      nodes.add(new ArrowFieldNode((long) rows * column.elements(), 0));
      buffers.add(validity);
    }
    values.writerIndex((long) rows * column.rowBytes());
    buffers.add(values);
  }

  @Override
  public void reset() {
    rows = 0;
  }

  @Override
  public void close() {
    values.close();
  }
}
