package partita.transforms.dataset;

import partita.transforms.shard.ShardTask;

/**
 * Turns raw data into an artifact with the roles {@code train} and {@code validation}. Ids are
 * unique over both roles and rows are in the order of ids.
 */
public interface IngestTask extends ShardTask {

  /** Role of the training rows. */
  String TRAIN = "train";

  /** Role of the rows that training never sees. */
  String VALIDATION = "validation";

  /** Ingestion is integer arithmetic: its bits do not depend on the machine. */
  @Override
  default boolean numeric() {
    return false;
  }
}
