package partita.pipelines.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.DatasetKind;
import partita.transforms.dataset.DatasetLocator;
import partita.transforms.dataset.Datasets;
import partita.transforms.dataset.Ingest;

/**
 * The stage {@code ingest} of a data set.
 *
 * @param stage writes the roles {@code train} and {@code validation}
 * @param classes number of labels, 0 when the images have none
 * @param mostTrain upper bound of the training images, known before any is read
 */
record IngestStage(Stage stage, int classes, long mostTrain) {

  /**
   * Finds the raw files of a data set and the stage that reads them.
   *
   * @throws BadInputException when they are missing or cannot be what they should be
   */
  static IngestStage of(DatasetSettings dataset, long seed) {
    return of("ingest", dataset, seed);
  }

  /** The same, for a stage of another name. */
  static IngestStage of(String name, DatasetSettings dataset, long seed) {
    try {
      Ingest ingest =
          Datasets.ingest(
              dataset.kind(),
              dataset.name(),
              dataset.options(),
              dataset.path().map(Path::of),
              locator());
      Map<String, RawInput> files = new TreeMap<>();
      ingest.files().forEach((file, raw) -> files.put(file, new RawInput(raw.path(), raw.files())));
      Stage stage = new Stage(name, ingest.task(), seed, Map.of(), files);
      long mostTrain =
          dataset.kind() == DatasetKind.FOLDER
              ? ingest.files().values().stream().mapToLong(raw -> raw.files().size()).sum()
              : dataset.train();
      return new IngestStage(stage, ingest.classes(), mostTrain);
    } catch (DatasetException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private static DatasetLocator locator() {
    return DatasetLocator.system(Path.of(System.getProperty("user.home"), ".cache", "partita"));
  }
}
