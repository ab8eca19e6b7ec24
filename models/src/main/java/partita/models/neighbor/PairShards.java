package partita.models.neighbor;

/**
 * Cuts all pairs of {@code rows} rows into shards of equal work that touch few rows each. Rows form
 * {@code v = q^2 + q + 1} blocks; shard {@code s} has the {@code q + 1} blocks {@code s + d (mod
 * v)}, {@code d} from a perfect difference set: every residue but 0 is the difference of exactly
 * one pair of its members, so every pair of blocks meets in exactly one shard. Pairs within block
 * {@code s} belong to shard {@code s}. Known as cyclic quorums (Kleinheksel and Somani, "Scaling
 * distributed all-pairs algorithms", 2016); the sets are Singer's (1938).
 *
 * <p>A row is touched by {@code q + 1} shards, about the root of their number. Each keeps at most
 * {@code k} candidates for it, so with lists of ids and scores the candidates of all shards take
 * {@code 8 (q + 1) rows min(k, width)} bytes.
 *
 * @param rows number of rows
 * @param differences a perfect difference set modulo the number of blocks, from 0 up
 * @param blocks number of blocks, and of shards
 * @param width candidates that a shard keeps for each row
 */
@SuppressWarnings("ArrayRecordComponent")
public record PairShards(long rows, int[] differences, int blocks, int width) {
  /**
   * Rows of a block unless there is a reason for another number: 60,000 rows make 13 shards that
   * two or four workers share well, 1.2 million make 273. At 2,048 dimensions two blocks take 80
   * MB.
   */
  public static final int BLOCK_ROWS = 5000;

  private static final int[][] DIFFERENCE_SETS = {
    {0},
    {0, 1},
    {0, 1, 3},
    {0, 1, 3, 9},
    {0, 1, 4, 14, 16},
    {0, 1, 3, 8, 12, 18},
    {0, 1, 3, 13, 32, 36, 43, 52},
    {0, 1, 3, 7, 15, 31, 36, 54, 63},
    {0, 1, 3, 9, 27, 49, 56, 61, 77, 81},
    {0, 1, 3, 12, 20, 34, 38, 81, 88, 94, 104, 109},
    {0, 1, 3, 16, 23, 28, 42, 76, 82, 86, 119, 137, 154, 175},
    {0, 1, 3, 7, 15, 31, 63, 90, 116, 127, 136, 181, 194, 204, 233, 238, 255},
  };

  /** Most candidates of one block: 8 bytes each while they are collected. */
  private static final int BLOCK_CANDIDATES = 1 << 22;

  /**
   * The shards of a graph: as few as have blocks of at most {@code blockRows} rows, or the most
   * there are. A block of many neighbors has fewer rows, so that its lists fit in memory.
   *
   * @param k neighbors of each row, 1 to rows - 1
   * @throws IllegalArgumentException when there are not more than {@code k} rows
   */
  public static PairShards of(long rows, int k, int blockRows) {
    if (blockRows < 1) {
      throw new IllegalArgumentException(
          "Cannot cut blocks of " + blockRows + " rows: expected at least 1");
    }
    NeighborLists.requireRows(rows, k, rows > k, "more than k");
    int most = Math.max(1, Math.min(blockRows, BLOCK_CANDIDATES / k));
    int choice = 0;
    while (choice + 1 < DIFFERENCE_SETS.length && ceil(rows, blocks(choice)) > most) {
      choice++;
    }
    while (blocks(choice) > rows) {
      choice--;
    }
    int[] differences = DIFFERENCE_SETS[choice];
    int blocks = blocks(choice);
    long seen = differences.length * ceil(rows, blocks);
    return new PairShards(rows, differences, blocks, (int) Math.min(k, seen));
  }

  private static int blocks(int choice) {
    int q = DIFFERENCE_SETS[choice].length - 1;
    return q * q + q + 1;
  }

  private static long ceil(long a, long b) {
    return (a + b - 1) / b;
  }

  /** Blocks of a shard; the first is the one whose inner pairs belong to it. */
  public int[] blocksOf(int shard) {
    int[] found = new int[differences.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = (shard + differences[i]) % blocks;
    }
    return found;
  }

  /** Shards that have a block. */
  public int[] shardsOf(int block) {
    int[] found = new int[differences.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = (block - differences[i] + blocks) % blocks;
    }
    return found;
  }

  /**
   * Where a shard's candidates for a block begin when the lists of all shards follow each other,
   * shard after shard and in each of them block after block.
   *
   * @return number of lists before
   */
  public long listsBefore(int shard, int block) {
    long lists = 0;
    for (int s = 0; s <= shard; s++) {
      for (int b : blocksOf(s)) {
        if (s == shard && b == block) {
          return lists;
        }
        lists += count(b);
      }
    }
    throw new IllegalArgumentException(
        "Cannot find block %d in shard %d: it has other blocks".formatted(block, shard));
  }

  /** First row of a block; blocks differ by at most one row. */
  public long first(int block) {
    return rows * block / blocks;
  }

  /** Rows of a block. */
  public int count(int block) {
    return (int) (first(block + 1) - first(block));
  }

  /** Rows of the largest block. */
  int largest() {
    return (int) ceil(rows, blocks);
  }
}
