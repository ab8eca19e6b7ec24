package partita.transforms.dataset;

import java.nio.file.Path;
import partita.transforms.shard.ShardInputs;

/** The images of one split and their labels, as many. */
record IdxPair(IdxFile images, IdxFile labels) {

  IdxPair {
    if (images.items() != labels.items()) {
      throw new DatasetException(
          "Cannot ingest %s: it has %d images, but %s has %d labels; fetch both again"
              .formatted(images.path(), images.items(), labels.path(), labels.items()));
    }
  }

  /**
   * Opens the files of a split.
   *
   * @param role {@link IngestTask#TRAIN} or {@link IngestTask#VALIDATION}
   */
  static IdxPair open(ShardInputs inputs, String role) {
    boolean train = role.equals(IngestTask.TRAIN);
    String images = train ? IdxIngest.TRAIN_IMAGES : IdxIngest.VALIDATION_IMAGES;
    String labels = train ? IdxIngest.TRAIN_LABELS : IdxIngest.VALIDATION_LABELS;
    return new IdxPair(
        IdxFile.open(Path.of(inputs.file(images)), 3),
        IdxFile.open(Path.of(inputs.file(labels)), 1));
  }
}
