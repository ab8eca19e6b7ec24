package partita.models.neighbor;

import java.util.ArrayList;
import java.util.List;
import partita.models.row.RowSource;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * One shard of the exact k-NN graph of a set of rows with itself: the pairs of its blocks, each
 * computed once and offered to both rows, so that a pair has one similarity whichever row looks at
 * it. Used by one thread, which calls {@link #step} {@link #steps} times, then {@link #finish}.
 *
 * <p>In memory are two blocks of rows, one product of two strips and the best {@code k} of each of
 * the shard's rows. For 1.2 million rows of 2,048 dimensions and k = 50 that is 73 + 3 + 30 MB for
 * each of 273 shards, of 11 TFLOP each; their candidates take 8.2 GB on disk, the rows 9.8 GB.
 *
 * <p>A row is never its own neighbor; it is left out by index, so duplicates of it stay.
 */
public final class GraphShard implements AutoCloseable {
  private static final int LIVE_TILES = 2;

  /** Two blocks of the shard, as indices into it; the same one for its inner pairs. */
  private record Pair(int left, int right) {}

  private final RowSource rows;
  private final PairShards shards;
  private final int[] blocks;
  private final List<Candidates> candidates = new ArrayList<>();
  private final List<Pair> pairs = new ArrayList<>();
  private final Strips strips;
  private final RowTiles tiles = new RowTiles(LIVE_TILES);
  private final RowTile left;
  private final RowTile right;
  private final TileScores scores;
  private int steps;

  /**
   * Begins a shard.
   *
   * @param rows features {@code [N, D]}
   * @param shards a partition of the pairs of N rows
   */
  public GraphShard(RowSource rows, Similarity similarity, PairShards shards, int shard) {
    this.rows = similarity.prepare(rows);
    this.shards = shards;
    blocks = shards.blocksOf(shard);
    strips = Strips.of(shards.largest());
    for (int i = 0; i < blocks.length; i++) {
      candidates.add(new Candidates(shards.count(blocks[i]), shards.width()));
      // Inner pairs first: they raise the thresholds of the block that meets all others next.
      for (int j = i == 0 ? 0 : i + 1; j < blocks.length; j++) {
        pairs.add(new Pair(i, j));
      }
    }
    int capacity = strips.covering(shards.largest());
    left = tiles.open(capacity, rows.width());
    right = tiles.open(capacity, rows.width());
    scores = new TileScores(similarity, strips.rows(), shards.width());
  }

  /** Steps in all, of about equal work. */
  public int steps() {
    return pairs.size() * strips.count();
  }

  /**
   * Does the next step: one strip of a block with all strips of another.
   *
   * @throws IllegalArgumentException when a value is NaN or infinite; names the row
   * @throws ArithmeticException when inner products overflow float32
   */
  public void step() {
    Pair pair = pairs.get(steps / strips.count());
    int strip = steps % strips.count();
    boolean inner = pair.left == pair.right;
    if (strip == 0) {
      load(left, blocks[pair.left]);
      if (!inner) {
        load(right, blocks[pair.right]);
      }
    }
    RowTile other = inner ? left : right;
    for (int j = inner ? strip : 0; j < strips.count(); j++) {
      scores.compute(left, strip, other, j);
      scores.offerToRows(candidates.get(pair.left));
      scores.offerToColumns(candidates.get(pair.right));
    }
    steps++;
  }

  private void load(RowTile tile, int block) {
    if (tile.count() == 0 || tile.first() != shards.first(block)) {
      tile.load(rows, shards.first(block), shards.count(block));
    }
  }

  /** The best found for the rows of each of the shard's blocks, once all steps are done. */
  public List<NeighborLists> finish() {
    List<NeighborLists> found = new ArrayList<>();
    for (int i = 0; i < blocks.length; i++) {
      found.add(candidates.get(i).drain(shards.first(blocks[i])));
    }
    return found;
  }

  @Override
  public void close() {
    scores.close();
    tiles.close();
  }
}
