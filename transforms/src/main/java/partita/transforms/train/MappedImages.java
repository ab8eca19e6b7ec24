package partita.transforms.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import partita.models.train.ImageSource;
import partita.schemas.table.ElementType;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;

/** Images of a mapped table, of data or of samples. */
public final class MappedImages implements ImageSource {
  private final TableReader reader;
  private final List<Integer> shape;

  /** Reads the column {@code pixels} of a table that the caller closes. */
  public MappedImages(TableReader reader) {
    this.reader = reader;
    var column = reader.schema().column(ImageTable.PIXELS);
    if (column.type() != ElementType.UINT8 || column.shape().size() != 3) {
      throw new IllegalArgumentException(
          "Cannot read images: column pixels of %s is %s %s, expected UINT8 [C, H, W]"
              .formatted(reader.schema().name(), column.type(), column.shape()));
    }
    this.shape = column.shape();
  }

  @Override
  public long rows() {
    return reader.rows();
  }

  @Override
  public int channels() {
    return shape.get(0);
  }

  @Override
  public int height() {
    return shape.get(1);
  }

  @Override
  public int width() {
    return shape.get(2);
  }

  @Override
  public void gather(long[] rows, ByteBuffer target) throws IOException {
    reader.gather(ImageTable.PIXELS, rows, target);
  }
}
