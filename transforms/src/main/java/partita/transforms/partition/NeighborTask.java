package partita.transforms.partition;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import partita.models.neighbor.ExactNeighbors;
import partita.models.neighbor.NeighborLists;
import partita.models.neighbor.Similarity;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.row.TableRows;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * The exact cosine k-NN graph of a data set's training features. Reads the role {@code train} of
 * the input {@code features} ({@link FeatureTable}), writes the role {@code neighbors} ({@link
 * NeighborTable}). A shard finds the neighbors of a fixed range of rows among all.
 *
 * @param k neighbors of each row, the row itself left out
 * @param queryRows rows of a shard, and of a query tile
 * @param tileRows rows of a database tile; query tile, database tile and their product are in
 *     memory at a time
 */
public record NeighborTask(int k, int queryRows, int tileRows) implements ShardTask {
  /** Role of the written table. */
  public static final String NEIGHBORS = "neighbors";

  private static final int ROWS_PER_BATCH = 1024;

  /**
   * @throws IllegalArgumentException when there are not more than {@code k} rows
   */
  @Override
  public int shards(ShardInputs inputs) {
    RowShards shards = RowShards.of(inputs, queryRows);
    ExactNeighbors.requireGraph(shards.rows(), k);
    return shards.shards();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    RowShards shards = RowShards.of(context.inputs(), queryRows);
    long first = shards.first(shard);
    int count = shards.count(shard);
    long start = System.nanoTime();
    try (TableReader features = context.open(RowShards.FEATURES, RowShards.TRAIN);
        TableWriter writer = context.writer(NEIGHBORS, NeighborTable.schema(k), ROWS_PER_BATCH)) {
      NeighborLists lists =
          ExactNeighbors.graph(
                  new TableRows(features, FeatureTable.FEATURE),
                  Similarity.COSINE,
                  k,
                  queryRows,
                  tileRows)
              .search(first, count);
      writer.append(
          count,
          FeatureIds.read(features, first, count),
          Arrays.stream(lists.ids()).asLongStream().toArray(),
          lists.similarities());
      double seconds = Math.max(1e-9, (System.nanoTime() - start) / 1e9);
      context.progress(new Progress(count, count, "rows", count / seconds, Map.of()));
      return ShardResult.of(writer.commit());
    }
  }
}
