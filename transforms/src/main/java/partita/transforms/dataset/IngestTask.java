package partita.transforms.dataset;

import java.nio.file.Path;
import java.util.List;
import partita.transforms.shard.ShardInputs;
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

  /**
   * Every raw file that the shards read, in a stable order: their digests are the stage's inputs.
   * Empty for generated data.
   *
   * @throws DatasetException when files are missing
   */
  List<Path> rawFiles(ShardInputs inputs);

  /** Ingestion is integer arithmetic: its bits do not depend on the machine. */
  @Override
  default boolean numeric() {
    return false;
  }
}
