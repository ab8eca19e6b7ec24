package partita.transforms.partition;

import partita.transforms.shard.ShardInputs;

/**
 * Cuts the rows of a feature artifact's training role into shards of a fixed number of rows.
 *
 * @param rows rows in all
 * @param rowsPerShard rows in each shard but the last
 */
record RowShards(long rows, int rowsPerShard) {
  /** Name of the input that holds the features. */
  static final String FEATURES = "features";

  /** Role of the features that are partitioned. */
  static final String TRAIN = "train";

  RowShards {
    if (rowsPerShard < 1) {
      throw new IllegalArgumentException(
          "Cannot cut shards of " + rowsPerShard + " rows: expected at least 1");
    }
  }

  static RowShards of(ShardInputs inputs, int rowsPerShard) {
    return new RowShards(inputs.artifact(FEATURES).rows(TRAIN), rowsPerShard);
  }

  int shards() {
    return Math.toIntExact((rows + rowsPerShard - 1) / rowsPerShard);
  }

  long first(int shard) {
    return (long) shard * rowsPerShard;
  }

  int count(int shard) {
    return (int) Math.min(rowsPerShard, rows - first(shard));
  }
}
