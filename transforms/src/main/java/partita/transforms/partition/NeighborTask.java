package partita.transforms.partition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import partita.models.neighbor.NeighborLists;
import partita.models.neighbor.PairShards;
import partita.schemas.table.CandidateTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Second half of the exact cosine k-NN graph: merges what the shards of {@link CandidateTask} found
 * for each row. Reads its role {@code candidates} and the role {@code train} of the input {@code
 * features} ({@link FeatureTable}), writes the role {@code neighbors} ({@link NeighborTable}). A
 * shard merges one block of rows.
 *
 * @param k as in the first half
 * @param blockRows as in the first half
 */
public record NeighborTask(int k, int blockRows) implements ShardTask {
  /** Role of the written table. */
  public static final String NEIGHBORS = "neighbors";

  private static final int ROWS_PER_BATCH = 1024;

  @Override
  public int shards(ShardInputs inputs) {
    return pairs(inputs).blocks();
  }

  /** Nothing is computed. */
  @Override
  public boolean numeric() {
    return false;
  }

  private PairShards pairs(ShardInputs inputs) {
    return PairShards.of(inputs.artifact(RowShards.FEATURES).rows(RowShards.TRAIN), k, blockRows);
  }

  @Override
  public ShardResult run(int block, ShardContext context) throws IOException, InterruptedException {
    PairShards pairs = pairs(context.inputs());
    long first = pairs.first(block);
    int count = pairs.count(block);
    NeighborLists merged = NeighborLists.empty(first, count, k);
    try (TableReader features = context.open(RowShards.FEATURES, RowShards.TRAIN);
        TableReader candidates = context.open(CandidateTask.CANDIDATES, CandidateTask.CANDIDATES);
        TableWriter writer = context.writer(NEIGHBORS, NeighborTable.schema(k), ROWS_PER_BATCH)) {
      candidates.expect(CandidateTable.schema(pairs.width()));
      ShardMeter meter =
          new ShardMeter(context, "lists", (long) count * pairs.shardsOf(block).length);
      for (int shard : pairs.shardsOf(block)) {
        merged.merge(read(candidates, pairs, shard, block));
        meter.count(count);
      }
      writer.append(
          count,
          FeatureIds.read(features, first, count),
          Arrays.stream(merged.ids()).asLongStream().toArray(),
          merged.similarities());
      return ShardResult.of(writer.commit());
    }
  }

  private static NeighborLists read(TableReader candidates, PairShards pairs, int shard, int block)
      throws IOException {
    int count = pairs.count(block);
    NeighborLists lists = NeighborLists.empty(pairs.first(block), count, pairs.width());
    long row = pairs.listsBefore(shard, block);
    ByteBuffer bytes =
        ByteBuffer.allocate(count * pairs.width() * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    candidates.read(CandidateTable.NEIGHBORS, row, count, bytes);
    bytes.flip().asIntBuffer().get(lists.ids());
    candidates.read(CandidateTable.SIMILARITIES, row, count, bytes.clear());
    bytes.flip().asFloatBuffer().get(lists.similarities());
    return lists;
  }
}
