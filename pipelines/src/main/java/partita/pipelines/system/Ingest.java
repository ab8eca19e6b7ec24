package partita.pipelines.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.DatasetLocator;
import partita.transforms.dataset.DatasetOptions;
import partita.transforms.dataset.Datasets;
import partita.transforms.dataset.FolderLabels;

/** The stage {@code ingest} of a data set. */
final class Ingest {
  private static final int IMAGES_PER_SHARD = 4096;

  private Ingest() {}

  /**
   * The stage that writes the roles {@code train} and {@code validation}.
   *
   * @throws BadInputException when raw files are missing
   */
  static Stage stage(DatasetSettings dataset, long seed) {
    partita.transforms.dataset.Ingest ingest = find(dataset);
    Map<String, RawInput> files = new TreeMap<>();
    ingest.files().forEach((name, raw) -> files.put(name, new RawInput(raw.path(), raw.files())));
    return new Stage("ingest", ingest.task(), seed, Map.of(), files);
  }

  /** Number of labels of a data set, as the experiment or else the data says it. */
  static int classes(DatasetSettings dataset) {
    int classes = dataset.classes().map(Math::toIntExact).orElseGet(() -> find(dataset).classes());
    if (classes < 1) {
      throw new BadInputException(
          "Cannot train a classifier on %s: its images are unlabeled; sort them into class folders"
              .formatted(dataset.name()));
    }
    return classes;
  }

  private static partita.transforms.dataset.Ingest find(DatasetSettings dataset) {
    DatasetOptions options =
        new DatasetOptions(
            dataset.resolution(),
            dataset.channels(),
            dataset.fit(),
            dataset.filter(),
            dataset.train(),
            dataset.validation(),
            dataset.validationFraction(),
            dataset.labels().orElse(FolderLabels.FOLDERS),
            dataset.onBadImage(),
            IMAGES_PER_SHARD);
    try {
      return Datasets.ingest(
          dataset.kind(), dataset.name(), options, dataset.path().map(Path::of), locator());
    } catch (DatasetException e) {
      throw new BadInputException(e.getMessage(), e);
    }
  }

  private static DatasetLocator locator() {
    return DatasetLocator.system(Path.of(System.getProperty("user.home"), ".cache", "partita"));
  }
}
