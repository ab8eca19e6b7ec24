package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;

/**
 * Random access by row to the files of one role of an artifact, as one table. Files are
 * memory-mapped batch by batch; a batch's CRC32C is checked on first touch. Safe for use by several
 * threads. Maps are left to the garbage collector, so that a buffer from {@link #bytes} can never
 * point at unmapped memory.
 */
public final class TableReader implements AutoCloseable {
  private final TableSchema schema;
  private final List<TableFile> files;

  /** First row of each file, and the number of rows in all at the end. */
  private final long[] starts;

  private volatile boolean closed;

  private TableReader(List<TableFile> files) throws IOException {
    this.files = files;
    schema = files.get(0).schema();
    starts = new long[files.size() + 1];
    for (int i = 0; i < files.size(); i++) {
      TableFile file = files.get(i);
      if (!file.schema().equals(schema)) {
        throw new IOException(
            "Cannot read %s and %s as one table: %s"
                .formatted(
                    files.get(0).entry().name(),
                    file.entry().name(),
                    schema.difference(file.schema())));
      }
      starts[i + 1] = starts[i] + file.rows();
    }
  }

  /** Opens all files of a role in shard order; an error says which roles the artifact has. */
  public static TableReader open(ArtifactStore store, Manifest manifest, String role)
      throws IOException {
    List<FileEntry> files = manifest.files(role);
    if (files.isEmpty()) {
      TreeSet<String> roles = new TreeSet<>();
      manifest.files().forEach(file -> roles.add(file.role()));
      throw new IOException(
          "Cannot open '%s' of artifact %s %s: it has %s"
              .formatted(role, manifest.stage(), manifest.actionKey(), roles));
    }
    return open(store, files);
  }

  /** Opens some files as one table. */
  public static TableReader open(ArtifactStore store, List<FileEntry> files) throws IOException {
    if (files.isEmpty()) {
      throw new IOException("Cannot open a table of no files: its schema is unknown");
    }
    List<TableFile> opened = new ArrayList<>();
    for (FileEntry file : files) {
      opened.add(open(store.blob(file), file));
    }
    return new TableReader(opened);
  }

  /** Opens a plain file that {@link TableWriter#create(Path, String, TableSchema, int)} wrote. */
  public static TableReader openFile(Path path, FileEntry entry) throws IOException {
    return new TableReader(List.of(open(path, entry)));
  }

  private static TableFile open(Path path, FileEntry entry) throws IOException {
    if (entry.schema().isEmpty()) {
      throw new IOException("Cannot read " + entry.name() + " as a table: it is another file");
    }
    TableFile file = TableFile.open(path, entry);
    if (!file.schema().fingerprint().equals(entry.schema())) {
      throw new IOException(
          "Cannot read %s: its columns are %s, its manifest names other ones (schema %s); run its stage again"
              .formatted(entry.name(), file.schema().describe(), entry.schema()));
    }
    return file;
  }

  public TableSchema schema() {
    return schema;
  }

  /** Refuses a table that is not what the caller can read; the error says what differs. */
  public TableReader expect(TableSchema expected) throws IOException {
    if (!schema.equals(expected)) {
      throw new IOException(
          "Cannot read %s: %s".formatted(files.get(0).entry().name(), schema.difference(expected)));
    }
    return this;
  }

  /** Rows over all files. */
  public long rows() {
    return starts[files.size()];
  }

  /** Receives rows of one column that lie one after the other in a batch. */
  private interface Part {
    void accept(TableBatch.Content content, int from, int length);
  }

  /**
   * Copies {@code count} consecutive rows of a fixed-width column into {@code target}
   * (little-endian whatever its order says, at its position, which advances).
   */
  public void read(String column, long row, int count, ByteBuffer target) throws IOException {
    int index = fixed(column);
    checkRange(row, count);
    checkRoom(target.remaining(), (long) count * schema.columns().get(index).rowBytes());
    forEachPart(index, row, count, (content, from, length) -> copy(content, from, length, target));
  }

  /** Copies {@code count} consecutive rows of a FLOAT32 column into {@code target}. */
  public void read(String column, long row, int count, FloatBuffer target) throws IOException {
    int rowBytes = typed(column, ElementType.FLOAT32).rowBytes();
    checkRange(row, count);
    checkRoom((long) Float.BYTES * target.remaining(), (long) count * rowBytes);
    forEachPart(
        schema.indexOf(column),
        row,
        count,
        (content, from, length) -> target.put(slice(content, from, length).asFloatBuffer()));
  }

  private void forEachPart(int index, long row, int count, Part part) throws IOException {
    int rowBytes = schema.columns().get(index).rowBytes();
    long next = row;
    int left = count;
    while (left > 0) {
      int file = fileOf(next);
      long inFile = next - starts[file];
      TableBatch batch = files.get(file).batchOf(inFile);
      int inBatch = (int) (inFile % files.get(file).rowsPerBatch());
      int take = Math.min(left, batch.rows() - inBatch);
      TableBatch.Content content = batch.content();
      part.accept(content, content.values()[index] + inBatch * rowBytes, take * rowBytes);
      next += take;
      left -= take;
    }
  }

  /** Copies the given rows of a fixed-width column, in the given order. */
  public void gather(String column, long[] rows, ByteBuffer target) throws IOException {
    int index = fixed(column);
    int rowBytes = schema.columns().get(index).rowBytes();
    checkRoom(target.remaining(), (long) rows.length * rowBytes);
    for (long row : rows) {
      checkRange(row, 1);
      int file = fileOf(row);
      long inFile = row - starts[file];
      TableBatch.Content content = files.get(file).batchOf(inFile).content();
      int inBatch = (int) (inFile % files.get(file).rowsPerBatch());
      copy(content, content.values()[index] + inBatch * rowBytes, rowBytes, target);
    }
  }

  private static void copy(TableBatch.Content content, int from, int length, ByteBuffer target) {
    target.put(target.position(), content.body(), from, length);
    target.position(target.position() + length);
  }

  /** One whole fixed-width INT64 or INT32 column: {@code rows * elements} values. */
  public long[] longs(String column) throws IOException {
    return schema.column(column).type() == ElementType.INT32
        ? Arrays.stream(ints(column)).asLongStream().toArray()
        : whole(column, ElementType.INT64).longs();
  }

  /** One whole INT32 column: {@code rows * elements} values. */
  public int[] ints(String column) throws IOException {
    return whole(column, ElementType.INT32).ints();
  }

  /** One whole FLOAT32 column, rows after each other: {@code rows * elements} values. */
  public float[] floats(String column) throws IOException {
    return whole(column, ElementType.FLOAT32).floats();
  }

  /** One whole FLOAT64 column: {@code rows * elements} values. */
  public double[] doubles(String column) throws IOException {
    return whole(column, ElementType.FLOAT64).doubles();
  }

  private WholeColumn whole(String name, ElementType type) throws IOException {
    checkOpen();
    Column column = typed(name, type);
    long values = Math.multiplyExact(rows(), (long) column.elements());
    if (values > WholeColumn.MAX_VALUES) {
      throw new IllegalArgumentException(
          "Cannot hold column %s of %s in one array: it has %,d values; read it in parts"
              .formatted(name, schema.name(), values));
    }
    int index = schema.indexOf(name);
    List<ByteBuffer> parts = new ArrayList<>();
    for (TableFile file : files) {
      for (long row = 0; row < file.rows(); row += file.rowsPerBatch()) {
        TableBatch batch = file.batchOf(row);
        TableBatch.Content content = batch.content();
        parts.add(slice(content, content.values()[index], batch.rows() * column.rowBytes()));
      }
    }
    return new WholeColumn(parts, (int) values);
  }

  private static ByteBuffer slice(TableBatch.Content content, int from, int length) {
    return content.body().slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Text of one row of a UTF-8 column. */
  public String text(String column, long row) throws IOException {
    typed(column, ElementType.UTF8);
    return StandardCharsets.UTF_8.decode(bytes(column, row)).toString();
  }

  /**
   * Bytes of one row of any column, little-endian, read-only, valid as long as it is referenced.
   */
  public ByteBuffer bytes(String column, long row) throws IOException {
    int index = schema.indexOf(column);
    checkRange(row, 1);
    int file = fileOf(row);
    long inFile = row - starts[file];
    TableBatch.Content content = files.get(file).batchOf(inFile).content();
    int inBatch = (int) (inFile % files.get(file).rowsPerBatch());
    if (content.offsets()[index] < 0) {
      int rowBytes = schema.columns().get(index).rowBytes();
      return slice(content, content.values()[index] + inBatch * rowBytes, rowBytes);
    }
    int at = content.offsets()[index] + 4 * inBatch;
    int from = content.body().getInt(at);
    return slice(content, content.values()[index] + from, content.body().getInt(at + 4) - from);
  }

  private int fileOf(long row) {
    int found = Arrays.binarySearch(starts, row);
    if (found < 0) {
      return -found - 2;
    }
    // Empty files share their start with the next one: take the one that has the row.
    while (starts[found + 1] == row) {
      found++;
    }
    return found;
  }

  private int fixed(String column) {
    int index = schema.indexOf(column);
    if (!schema.columns().get(index).type().fixedWidth()) {
      throw new IllegalArgumentException(
          "Cannot read column %s of %s by width: it is %s"
              .formatted(column, schema.name(), schema.columns().get(index).type()));
    }
    return index;
  }

  private Column typed(String column, ElementType expected) {
    Column found = schema.column(column);
    if (found.type() != expected) {
      throw new IllegalArgumentException(
          "Cannot read column %s of %s as %s: it is %s"
              .formatted(column, schema.name(), expected, found.type()));
    }
    return found;
  }

  private void checkRange(long row, int count) {
    checkOpen();
    if (row < 0 || count < 0 || row > rows() - count) {
      throw new IndexOutOfBoundsException(
          "Cannot read rows %,d to %,d of %s: it has %,d"
              .formatted(row, row + count, schema.name(), rows()));
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("Cannot read " + schema.name() + ": the reader is closed");
    }
  }

  private static void checkRoom(long room, long needed) {
    if (room < needed) {
      throw new IllegalArgumentException(
          "Cannot read: the target has room for %,d bytes, expected %,d".formatted(room, needed));
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
