package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;

/**
 * Writes one Arrow IPC file: uncompressed, no nulls, {@code rowsPerBatch} rows in every batch but
 * the last. Rows are appended block by block, column after column, in the order of the schema.
 *
 * <pre>{@code
 * try (TableWriter writer = TableWriter.create(store, "train/00000.arrow", ImageTable.schema(3, 32, 32), 1024)) {
 *   writer.append(rows, ids, labels, pixels);
 *   FileEntry entry = writer.commit();
 * }
 * }</pre>
 */
public final class TableWriter implements AutoCloseable {

  private TableWriter() {}

  /**
   * Opens a writer on a temporary file of the store. Closing without {@link #commit} removes it.
   */
  public static TableWriter create(
      ArtifactStore store, String name, TableSchema schema, int rowsPerBatch) throws IOException {
    throw new IOException("Cannot write " + name);
  }

  /**
   * A writer on a plain file outside any store (exports, tests); {@link #commit} leaves it in
   * place.
   */
  public static TableWriter create(Path file, String name, TableSchema schema, int rowsPerBatch)
      throws IOException {
    throw new IOException("Cannot write " + name);
  }

  /**
   * Appends rows. One argument for each column: a {@link ByteBuffer} (little-endian, {@code rows *
   * rowBytes} remaining) for a fixed-width column, a {@code List<String>} for UTF-8, a {@code
   * List<byte[]>} or {@code List<ByteBuffer>} for binary.
   */
  public void append(int rows, Object... columns) throws IOException {}

  /** Finishes the file and adds it to the store's blobs. */
  public FileEntry commit() throws IOException {
    throw new IOException("Cannot commit");
  }

  @Override
  public void close() throws IOException {}
}
