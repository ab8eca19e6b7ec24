package partita.pipelines.system;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import partita.models.image.Preparation;
import partita.models.synthetic.SpriteScene;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.DatasetLocator;
import partita.transforms.dataset.Datasets;
import partita.transforms.dataset.IdxIngest;
import partita.transforms.dataset.SpriteIngest;

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
    return switch (dataset.kind()) {
      case SPRITES ->
          Stage.of(
              "ingest",
              new SpriteIngest(
                  dataset.resolution(), dataset.train(), dataset.validation(), IMAGES_PER_SHARD),
              seed,
              Map.of());
      case IDX -> idx(dataset, seed);
      case CIFAR10, FOLDER -> throw new BadInputException("Cannot ingest " + dataset.kind());
    };
  }

  /** Number of labels of a data set. */
  static int classes(DatasetSettings dataset) {
    if (dataset.kind() == DatasetSettings.Kind.SPRITES) {
      return SpriteScene.CLASSES;
    }
    return Math.toIntExact(
        dataset
            .classes()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot train a classifier on %s: missing key 'dataset.classes', the number of its labels"
                            .formatted(dataset.name()))));
  }

  private static Stage idx(DatasetSettings dataset, long seed) {
    Map<String, RawInput> files = new TreeMap<>();
    Datasets.idxFiles(dataset.name(), dataset.path().map(Path::of), locator())
        .forEach((name, path) -> files.put(name, RawInput.of(Path.of(path))));
    IdxIngest task =
        new IdxIngest(
            preparation(dataset), dataset.train(), dataset.validation(), IMAGES_PER_SHARD);
    return new Stage("ingest", task, seed, Map.of(), files);
  }

  private static Preparation preparation(DatasetSettings dataset) {
    return new Preparation(
        dataset.resolution(), dataset.channels(), dataset.fit(), dataset.filter());
  }

  private static DatasetLocator locator() {
    return DatasetLocator.system(Path.of(System.getProperty("user.home"), ".cache", "partita"));
  }
}
