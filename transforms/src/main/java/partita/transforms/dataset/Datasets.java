package partita.transforms.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The data sets that are known by name. */
public final class Datasets {

  private Datasets() {}

  /**
   * Files of an IDX data set, input name to path.
   *
   * @param dataset folder name, {@code fashion-mnist}
   * @param data the folder the user named
   * @throws DatasetException naming every folder searched and how to get the data
   */
  public static Map<String, String> idxFiles(
      String dataset, Optional<Path> data, DatasetLocator locator) {
    return locator.locate(
        dataset,
        data,
        List.of(
            idx(IdxIngest.TRAIN_IMAGES, "train-images", "idx3"),
            idx(IdxIngest.TRAIN_LABELS, "train-labels", "idx1"),
            idx(IdxIngest.VALIDATION_IMAGES, "t10k-images", "idx3"),
            idx(IdxIngest.VALIDATION_LABELS, "t10k-labels", "idx1")),
        "on Debian or Ubuntu 'apt install dataset-%s' brings it, else name its folder with --data"
            .formatted(dataset));
  }

  private static DatasetLocator.RawFile idx(String input, String stem, String kind) {
    List<String> names = new ArrayList<>();
    for (String separator : List.of("-", ".")) {
      String name = stem + separator + kind + "-ubyte";
      names.add(name);
      names.add(name + ".gz");
    }
    return new DatasetLocator.RawFile(input, names);
  }
}
