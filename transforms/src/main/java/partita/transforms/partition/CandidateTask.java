package partita.transforms.partition;

import java.io.IOException;
import partita.models.neighbor.GraphShard;
import partita.models.neighbor.NeighborLists;
import partita.models.neighbor.PairShards;
import partita.models.neighbor.Similarity;
import partita.schemas.table.CandidateTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * First half of the exact cosine k-NN graph of a data set's training features: every pair of rows
 * is compared once, in shards that share no work ({@link PairShards}). Reads the role {@code train}
 * of the input {@code features} ({@link FeatureTable}), writes the role {@code candidates} ({@link
 * CandidateTable}): of each shard the best candidates for the rows of its blocks, block after
 * block. {@link NeighborTask} merges them.
 *
 * @param k neighbors of each row, the row itself left out
 * @param blockRows most rows of a block; two blocks and the lists of a shard are in memory at a
 *     time
 */
public record CandidateTask(int k, int blockRows) implements ShardTask {
  /** Role of the written table. */
  public static final String CANDIDATES = "candidates";

  private static final int ROWS_PER_BATCH = 1024;

  /**
   * @throws IllegalArgumentException when there are not more than {@code k} rows
   */
  @Override
  public int shards(ShardInputs inputs) {
    return pairs(inputs).blocks();
  }

  private PairShards pairs(ShardInputs inputs) {
    return PairShards.of(inputs.artifact(RowShards.FEATURES).rows(RowShards.TRAIN), k, blockRows);
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    PairShards pairs = pairs(context.inputs());
    try (TableReader features = context.open(RowShards.FEATURES, RowShards.TRAIN);
        GraphShard graph =
            new GraphShard(
                new TableRows(features, FeatureTable.FEATURE), Similarity.COSINE, pairs, shard);
        TableWriter writer =
            context.writer(CANDIDATES, CandidateTable.schema(pairs.width()), ROWS_PER_BATCH)) {
      ShardMeter meter = new ShardMeter(context, "strips", graph.steps());
      for (int i = 0; i < graph.steps(); i++) {
        graph.step();
        meter.count();
      }
      for (NeighborLists lists : graph.finish()) {
        writer.append(lists.rows(), lists.ids(), lists.similarities());
      }
      return ShardResult.of(writer.commit());
    }
  }
}
