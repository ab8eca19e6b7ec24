package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;

/**
 * Random access by row to the files of one role of an artifact, as one table. Files are
 * memory-mapped batch by batch; a batch's CRC32C is checked on first touch. Safe for use by several
 * threads.
 */
public final class TableReader implements AutoCloseable {

  private TableReader() {}

  /** Opens all files of a role in shard order; an error says which roles the artifact has. */
  public static TableReader open(ArtifactStore store, Manifest manifest, String role)
      throws IOException {
    throw new IOException("Cannot open " + role);
  }

  /** Opens some files as one table. */
  public static TableReader open(ArtifactStore store, List<FileEntry> files) throws IOException {
    throw new IOException("Cannot open " + files);
  }

  public TableSchema schema() {
    throw new IllegalStateException();
  }

  /** Rows over all files. */
  public long rows() {
    return 0;
  }

  /**
   * Copies {@code count} consecutive rows of a fixed-width column into {@code target}
   * (little-endian, at its position, which advances).
   */
  public void read(String column, long row, int count, ByteBuffer target) throws IOException {}

  /** Copies the given rows of a fixed-width column, in the given order. */
  public void gather(String column, long[] rows, ByteBuffer target) throws IOException {}

  /** One whole fixed-width INT64 or INT32 column. */
  public long[] longs(String column) throws IOException {
    return new long[0];
  }

  /** One whole FLOAT32 column, rows after each other: {@code rows * elements} values. */
  public float[] floats(String column) throws IOException {
    return new float[0];
  }

  /** One whole FLOAT64 column. */
  public double[] doubles(String column) throws IOException {
    return new double[0];
  }

  /** Text of one row of a UTF-8 column. */
  public String text(String column, long row) throws IOException {
    return "";
  }

  /**
   * Bytes of one row of a binary column, little-endian, read-only, valid until the reader is
   * closed.
   */
  public ByteBuffer bytes(String column, long row) throws IOException {
    return ByteBuffer.allocate(0);
  }

  @Override
  public void close() throws IOException {}
}
