package partita.schemas.table;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/** One column of the batch that a {@link TableWriter} is filling. */
interface ColumnBuffer extends AutoCloseable {

  /** Refuses a block that is not {@code rows} rows of this column. */
  void check(Object block, int rows);

  /** Copies rows {@code from .. from + rows} of a checked block behind the rows that are here. */
  void append(Object block, int from, int rows);

  /** Adds this column's nodes and buffers, in Arrow's order, for the rows that are here. */
  void describe(List<ArrowFieldNode> nodes, List<ArrowBuf> buffers);

  /** Forgets the rows: their batch is written. */
  void reset();

  @Override
  void close();

  static ColumnBuffer of(Column column, int rowsPerBatch, BufferAllocator allocator) {
    return column.type().fixedWidth()
        ? new FixedColumnBuffer(column, rowsPerBatch, allocator)
        : new VariableColumnBuffer(column, rowsPerBatch, allocator);
  }
}
