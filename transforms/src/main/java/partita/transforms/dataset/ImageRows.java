package partita.transforms.dataset;

import java.io.IOException;
import partita.models.image.Preparation;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.Column;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;

/** Writes the images of one shard and role, row by row. */
final class ImageRows implements AutoCloseable {
  /** Training reads single rows at random, and a batch is checked as a whole on first touch. */
  private static final int BATCH_BYTES = 4 << 20;

  private static final int MAX_ROWS_PER_BATCH = 4096;

  private final TableWriter writer;

  private ImageRows(TableWriter writer) {
    this.writer = writer;
  }

  /** Images with id and label alone. */
  static ImageRows plain(ShardContext context, String role, Preparation preparation)
      throws IOException {
    int edge = preparation.resolution();
    return of(context, role, ImageTable.schema(preparation.channels(), edge, edge));
  }

  /** Color images with semantic map, instance map and attributes. */
  static ImageRows annotated(ShardContext context, String role, int edge, int attributes)
      throws IOException {
    return of(context, role, ImageTable.schema(3, edge, edge, true, true, attributes));
  }

  /** Images of a schema of {@code ImageTable}. */
  static ImageRows of(ShardContext context, String role, TableSchema schema) throws IOException {
    long rowBytes = schema.columns().stream().mapToLong(Column::rowBytes).sum();
    int rows = (int) Math.max(1, Math.min(MAX_ROWS_PER_BATCH, BATCH_BYTES / rowBytes));
    return new ImageRows(context.writer(role, schema, rows));
  }

  /** Appends a plain row; {@code pixels} are {@code [C, H, W]}. */
  void add(long id, int label, byte[] pixels) throws IOException {
    writer.append(1, new long[] {id}, new int[] {label}, pixels);
  }

  /** Appends an annotated row; maps are {@code [H, W]}. */
  void add(long id, int label, byte[] pixels, int[] semantic, int[] instances, float[] attributes)
      throws IOException {
    writer.append(1, new long[] {id}, new int[] {label}, pixels, semantic, instances, attributes);
  }

  FileEntry commit() throws IOException {
    return writer.commit();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
