package partita.transforms.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import partita.models.row.RowSource;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;

/** Features of a mapped table, as the network gave them. */
public final class MappedFeatures implements RowSource {
  private final TableReader reader;
  private final int width;

  /** Reads the column {@code feature} of a table that the caller closes. */
  public MappedFeatures(TableReader reader) {
    this.reader = reader;
    this.width = reader.schema().column(FeatureTable.FEATURE).elements();
  }

  @Override
  public long rows() {
    return reader.rows();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void read(long row, int count, FloatBuffer target) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(count, width * Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      reader.read(FeatureTable.FEATURE, row, count, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read features from row " + row, e);
    }
    target.put(bytes.flip().asFloatBuffer());
  }
}
