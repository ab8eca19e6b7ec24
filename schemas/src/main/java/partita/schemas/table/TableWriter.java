package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Sha256;
import partita.schemas.artifact.WriteFailure;

/**
 * Writes one Arrow IPC file: uncompressed, no nulls, {@code rowsPerBatch} rows in every batch but
 * the last. Rows are appended block by block, column after column, in the order of the schema; the
 * bytes of the file do not depend on the size of the blocks.
 *
 * <pre>{@code
 * try (TableWriter writer = TableWriter.create(store, "train/00000.arrow", ImageTable.schema(3, 32, 32), 1024)) {
 *   writer.append(rows, ids, labels, pixels);
 *   FileEntry entry = writer.commit();
 * }
 * }</pre>
 */
public final class TableWriter implements AutoCloseable {
  /** A batch is mapped as a whole, and a map ends at 2 GiB; the margin is for padding. */
  static final long MAX_BATCH_BYTES = Integer.MAX_VALUE - (1 << 16);

  private enum State {
    OPEN,
    /** An append or a commit broke off: the columns may not be of equal length. */
    FAILED,
    COMMITTED,
    CLOSED
  }

  /** Turns the finished temporary file into an entry: into the store, or into its place. */
  private interface Destination {
    FileEntry accept(Path file, String name, long rows, String schema, List<Long> crcs)
        throws IOException;
  }

  private final String name;
  private final TableSchema schema;
  private final int rowsPerBatch;
  private final Path temporary;
  private final Destination destination;
  private final BufferAllocator allocator;
  private final List<ColumnBuffer> buffers = new ArrayList<>();
  private final IpcFile file;
  private int batchRows;
  private long rows;
  private State state = State.OPEN;

  private TableWriter(
      Path temporary, String name, TableSchema schema, int rowsPerBatch, Destination destination)
      throws IOException {
    this.name = name;
    this.schema = schema;
    this.rowsPerBatch = rowsPerBatch;
    this.temporary = temporary;
    this.destination = destination;
    allocator = new RootAllocator();
    try {
      for (Column column : schema.columns()) {
        buffers.add(ColumnBuffer.of(column, rowsPerBatch, allocator));
      }
      file = new IpcFile(temporary, ArrowSchemas.toArrow(schema));
    } catch (IOException e) {
      free();
      throw failure(e);
    } catch (RuntimeException e) {
      free();
      throw e;
    }
  }

  /**
   * Opens a writer on a temporary file of the store. Closing without {@link #commit} removes it.
   */
  public static TableWriter create(
      ArtifactStore store, String name, TableSchema schema, int rowsPerBatch) throws IOException {
    checkBatch(name, schema, rowsPerBatch);
    Path temporary = store.temporary().resolve("table-" + UUID.randomUUID() + ".arrow");
    return new TableWriter(temporary, name, schema, rowsPerBatch, store::addBlob);
  }

  /**
   * A writer on a plain file outside any store (exports, tests); the file appears at {@link
   * #commit} and stays in place.
   */
  public static TableWriter create(Path file, String name, TableSchema schema, int rowsPerBatch)
      throws IOException {
    checkBatch(name, schema, rowsPerBatch);
    Path temporary = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
    return new TableWriter(
        temporary,
        name,
        schema,
        rowsPerBatch,
        (finished, label, rows, fingerprint, crcs) -> {
          Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE);
          return new FileEntry(label, Sha256.of(file), Files.size(file), rows, fingerprint, crcs);
        });
  }

  private static void checkBatch(String name, TableSchema schema, int rowsPerBatch) {
    if (rowsPerBatch < 1) {
      throw new IllegalArgumentException(
          "Cannot write %s with %,d rows a batch: expected at least 1"
              .formatted(name, rowsPerBatch));
    }
    long rowBytes = 0;
    for (Column column : schema.columns()) {
      rowBytes += column.type().fixedWidth() ? column.rowBytes() : 4;
    }
    if (rowBytes * rowsPerBatch > MAX_BATCH_BYTES) {
      throw new IllegalArgumentException(
          "Cannot write %s: %,d rows of %,d bytes make a batch of 2 GiB or more; use at most %,d rows a batch"
              .formatted(name, rowsPerBatch, rowBytes, MAX_BATCH_BYTES / rowBytes));
    }
  }

  /**
   * Appends rows. One argument for each column: for a fixed-width column a {@link ByteBuffer} with
   * {@code rows * rowBytes} remaining little-endian bytes (whatever its order says; its position
   * stays) or an array of the element type with {@code rows * elements} values; a {@code
   * List<String>} for UTF-8; a {@code List<byte[]>} or {@code List<ByteBuffer>} for binary.
   */
  public void append(int rows, Object... columns) throws IOException {
    checkOpen("append to");
    if (columns.length != schema.columns().size()) {
      throw new IllegalArgumentException(
          "Cannot append to %s: found %d columns, expected %s"
              .formatted(
                  name, columns.length, schema.columns().stream().map(Column::name).toList()));
    }
    for (int i = 0; i < columns.length; i++) {
      buffers.get(i).check(columns[i], rows);
    }
    state = State.FAILED;
    int done = 0;
    while (done < rows) {
      int count = Math.min(rows - done, rowsPerBatch - batchRows);
      for (int i = 0; i < columns.length; i++) {
        buffers.get(i).append(columns[i], done, count);
      }
      done += count;
      batchRows += count;
      if (batchRows == rowsPerBatch) {
        writeBatch();
      }
    }
    this.rows += rows;
    state = State.OPEN;
  }

  private void checkOpen(String operation) {
    if (state != State.OPEN) {
      throw new IllegalStateException(
          "Cannot %s %s: the writer is %s"
              .formatted(operation, name, state.name().toLowerCase(Locale.ROOT)));
    }
  }

  private void writeBatch() throws IOException {
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> contents = new ArrayList<>();
    buffers.forEach(buffer -> buffer.describe(nodes, contents));
    try (ArrowRecordBatch batch = new ArrowRecordBatch(batchRows, nodes, contents)) {
      if (batch.computeBodyLength() > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Cannot write %s: a batch has %,d bytes, expected less than 2 GiB; use fewer than %,d rows a batch"
                .formatted(name, batch.computeBodyLength(), rowsPerBatch));
      }
      file.write(batch);
    } catch (IOException e) {
      throw failure(e);
    }
    buffers.forEach(ColumnBuffer::reset);
    batchRows = 0;
  }

  /** Rows appended so far. */
  public long rows() {
    return rows;
  }

  /** Finishes the file and adds it to the store's blobs. */
  public FileEntry commit() throws IOException {
    checkOpen("commit");
    state = State.FAILED;
    if (batchRows > 0) {
      writeBatch();
    }
    try {
      file.finish();
      file.close();
      FileEntry entry =
          destination.accept(temporary, name, rows, schema.fingerprint(), file.crcs());
      state = State.COMMITTED;
      return entry;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private IOException failure(IOException e) {
    return WriteFailure.of("table " + name, temporary.toAbsolutePath().getParent(), e);
  }

  private void free() {
    buffers.forEach(ColumnBuffer::close);
    allocator.close();
  }

  @Override
  public void close() throws IOException {
    if (state == State.CLOSED) {
      return;
    }
    state = State.CLOSED;
    free();
    try {
      file.close();
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
