package partita.transforms.metric;

import java.io.IOException;
import java.util.Arrays;
import partita.models.metric.Manifold;
import partita.models.row.RowSource;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.RadiusTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Radii of the balls about a set of features, once for all that are compared with it. Reads one
 * role of the input {@code features} ({@link FeatureTable}), writes the role {@code radii} ({@link
 * RadiusTable}). A shard has a block of the balls and compares it with all that have one; radii are
 * exact, so the shards do not show in the result.
 *
 * @param role role of the features
 * @param k neighbor that sets the radius
 * @param most features that have a ball: a subset drawn with the stage's seed, when there are more
 * @param rowsPerShard balls of each shard but the last
 */
public record RadiiTask(String role, int k, int most, int rowsPerShard) implements ShardTask {
  /** Role of the written table. */
  public static final String RADII = "radii";

  private static final String STREAM = "metric.real";
  private static final int ROWS_PER_BATCH = 4096;

  public RadiiTask {
    if (rowsPerShard < 1) {
      throw new IllegalArgumentException(
          "Cannot cut shards of " + rowsPerShard + " rows: expected at least 1");
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    long rows = Math.min(most, inputs.artifact(MomentsTask.FEATURES).rows(role));
    return Math.toIntExact(Math.max(1, (rows + rowsPerShard - 1) / rowsPerShard));
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (TableReader table = context.open(MomentsTask.FEATURES, role);
        TableWriter writer = context.writer(RADII, RadiusTable.schema(), ROWS_PER_BATCH)) {
      TableRows rows = new TableRows(table, FeatureTable.FEATURE);
      int[] chosen = NeighborRows.of(rows, most, context.seed(), STREAM);
      int first = Math.multiplyExact(shard, rowsPerShard);
      int count = Math.min(rowsPerShard, chosen.length - first);
      writer.append(
          count,
          Arrays.stream(chosen, first, first + count).asLongStream().toArray(),
          Manifold.squaredRadii(NeighborRows.select(rows, chosen), k, first, count));
      return ShardResult.of(writer.commit());
    }
  }

  /**
   * The balls about the features that have one, equal to {@link Manifold#of} of those to the bit.
   *
   * @param features what the radii were measured for
   * @param radii the role {@link #RADII} of the stage's artifact
   * @param k as of the stage
   * @param most as of the stage
   * @throws IllegalArgumentException when the radii are of other features
   */
  public static Manifold read(RowSource features, TableReader radii, int k, int most)
      throws IOException {
    int[] rows = Arrays.stream(radii.longs(RadiusTable.ROW)).mapToInt(Math::toIntExact).toArray();
    long expected = Math.min(most, features.rows());
    if (rows.length != expected) {
      throw new IllegalArgumentException(
          "Cannot use radii: found %d of them and %d features, expected %d"
              .formatted(rows.length, features.rows(), expected));
    }
    return new Manifold(
        NeighborRows.select(features, rows), k, radii.doubles(RadiusTable.SQUARED_RADIUS));
  }
}
