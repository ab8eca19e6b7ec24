package partita.transforms.partition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;

/** File ids of a range of features. */
final class FeatureIds {
  private FeatureIds() {}

  static long[] read(TableReader features, long first, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    features.read(FeatureTable.ID, first, count, bytes);
    long[] ids = new long[count];
    bytes.flip().asLongBuffer().get(ids);
    return ids;
  }
}
