package partita.transforms.dataset;

/**
 * Cuts two splits into shards of a fixed number of rows: first all of the training split, then all
 * of validation. No shard holds rows of both. Ids count through both splits.
 *
 * @param train rows of the training split
 * @param validation rows of the validation split
 * @param rowsPerShard rows in each shard but the last of a split
 */
record SplitShards(long train, long validation, int rowsPerShard) {

  /**
   * The rows of one shard.
   *
   * @param role {@code train} or {@code validation}
   * @param first first row, counted in its split
   * @param count number of rows
   * @param firstId id of the first row
   */
  record Range(String role, long first, int count, long firstId) {}

  SplitShards {
    if (train < 1 || validation < 0) {
      throw new DatasetException(
          "Cannot ingest %d training and %d validation rows: expected at least one for training"
              .formatted(train, validation));
    }
    if (rowsPerShard < 1) {
      throw new IllegalArgumentException(
          "Cannot cut shards of " + rowsPerShard + " rows: expected at least 1");
    }
  }

  int shards() {
    return Math.toIntExact(shardsOf(train) + shardsOf(validation));
  }

  Range range(int shard) {
    long trainShards = shardsOf(train);
    if (shard < trainShards) {
      long first = (long) shard * rowsPerShard;
      return new Range(IngestTask.TRAIN, first, count(train, first), first);
    }
    long first = (shard - trainShards) * rowsPerShard;
    return new Range(IngestTask.VALIDATION, first, count(validation, first), train + first);
  }

  private long shardsOf(long rows) {
    return (rows + rowsPerShard - 1) / rowsPerShard;
  }

  private int count(long rows, long first) {
    return (int) Math.min(rowsPerShard, rows - first);
  }
}
