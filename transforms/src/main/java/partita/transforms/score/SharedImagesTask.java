package partita.transforms.score;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import partita.schemas.artifact.Sha256;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;

/**
 * Counts the images of the generated set that are in the real set too, pixel for pixel, gray ones
 * as if repeated to three channels. Writes no table, only the count {@link #SHARED}.
 */
public record SharedImagesTask() implements Comparison {
  /** Count: generated images that are real ones. */
  public static final String SHARED = "images.shared";

  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (TableReader real = context.open(REAL, ImageSetIngest.ALL);
        TableReader generated = context.open(GENERATED, ImageSetIngest.ALL)) {
      ShardMeter meter = new ShardMeter(context, "images", real.rows() + generated.rows());
      Set<ByteBuffer> known = new HashSet<>();
      for (long row = 0; row < real.rows(); row++) {
        known.add(digest(real, row));
        meter.count();
      }
      long shared = 0;
      for (long row = 0; row < generated.rows(); row++) {
        shared += known.contains(digest(generated, row)) ? 1 : 0;
        meter.count();
      }
      return new ShardResult(List.of(), Map.of(SHARED, shared));
    }
  }

  private static ByteBuffer digest(TableReader table, long row) throws IOException {
    List<Integer> shape = table.schema().column(ImageTable.PIXELS).shape();
    MessageDigest sha256 = Sha256.start();
    sha256.update(ByteBuffer.allocate(8).putInt(shape.get(1)).putInt(shape.get(2)).flip());
    int repeated = shape.get(0) == 1 ? 3 : 1;
    for (int i = 0; i < repeated; i++) {
      sha256.update(table.bytes(ImageTable.PIXELS, row));
    }
    return ByteBuffer.wrap(sha256.digest());
  }
}
