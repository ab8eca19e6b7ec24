package partita.schemas.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** Rows of a text or binary column: 32-bit offsets and the bytes after each other. */
final class VariableColumnBuffer implements ColumnBuffer {
  private final Column column;
  private final BufferAllocator allocator;
  private final ArrowBuf offsets;
  private ArrowBuf values;
  private int rows;
  private int bytes;

  VariableColumnBuffer(Column column, int rowsPerBatch, BufferAllocator allocator) {
    this.column = column;
    this.allocator = allocator;
    offsets = allocator.buffer(4L * (rowsPerBatch + 1L));
    values = allocator.buffer(4096);
  }

  @Override
  public void check(Object block, int rows) {
    if (!(block instanceof List<?> list) || !list.stream().allMatch(this::fits)) {
      throw new IllegalArgumentException(
          "Cannot append to column %s: found %s, expected a list of %s"
              .formatted(
                  column.name(),
                  block.getClass().getSimpleName(),
                  column.type() == ElementType.UTF8 ? "String" : "byte[] or ByteBuffer"));
    }
    if (list.size() != rows) {
      throw new IllegalArgumentException(
          "Cannot append to column %s: found %,d values, expected %,d"
              .formatted(column.name(), list.size(), rows));
    }
  }

  private boolean fits(Object value) {
    return column.type() == ElementType.UTF8
        ? value instanceof String
        : value instanceof byte[] || value instanceof ByteBuffer;
  }

  @Override
  public void append(Object block, int from, int count) {
    for (Object value : ((List<?>) block).subList(from, from + count)) {
      appendOne(content(value));
    }
  }

  private static ByteBuffer content(Object value) {
    if (value instanceof String text) {
      return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
    return value instanceof byte[] raw ? ByteBuffer.wrap(raw) : (ByteBuffer) value;
  }

  private void appendOne(ByteBuffer content) {
    int length = content.remaining();
    reserve((long) bytes + length);
    values.nioBuffer(bytes, length).put(0, content, content.position(), length);
    bytes += length;
    rows++;
    offsets.setInt(4L * rows, bytes);
  }

  private void reserve(long needed) {
    if (needed > TableWriter.MAX_BATCH_BYTES) {
      throw new IllegalArgumentException(
          "Cannot append to column %s: its batch would have %,d bytes, expected at most %,d; use fewer rows a batch"
              .formatted(column.name(), needed, TableWriter.MAX_BATCH_BYTES));
    }
    if (needed > values.capacity()) {
      ArrowBuf larger =
          allocator.buffer(
              Math.min(Math.max(needed, 2 * values.capacity()), TableWriter.MAX_BATCH_BYTES));
      larger.setBytes(0, values, 0, bytes);
      values.close();
      values = larger;
    }
  }

  @Override
  public void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    offsets.setInt(0, 0);
    nodes.add(new ArrowFieldNode(rows, 0));
    buffers.add(allocator.getEmpty());
    offsets.writerIndex(4L * (rows + 1L));
    buffers.add(offsets);
    values.writerIndex(bytes);
    buffers.add(values);
  }

  @Override
  public void reset() {
    rows = 0;
    bytes = 0;
  }

  @Override
  public void close() {
    offsets.close();
    values.close();
  }
}
