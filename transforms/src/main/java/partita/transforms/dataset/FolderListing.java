package partita.transforms.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import partita.schemas.artifact.KeyHasher;
import partita.schemas.artifact.WorkArea;

/**
 * All images of a folder data set, each with its label and its split. A folder with {@code train}
 * and {@code val} (or {@code valid}, {@code validation}, {@code test}) below it is split as it
 * says; any other by a hash of each image's path, so that an image keeps its split when others come
 * and go. The id of an image is its place in the list.
 *
 * @param classes number of classes, 0 when unlabeled
 * @param entries every image
 */
record FolderListing(int classes, List<Entry> entries) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "listing.json";
  private static final List<String> VALIDATION_NAMES =
      List.of("val", "valid", "validation", "test");

  /**
   * One image.
   *
   * @param path below the data set's folder, with slashes
   * @param label class, -1 when unlabeled
   * @param validation whether it is kept from training
   */
  record Entry(String path, int label, boolean validation) {

    String role() {
      return validation ? IngestTask.VALIDATION : IngestTask.TRAIN;
    }
  }

  /**
   * Walks the folder.
   *
   * @param fraction part of the images that goes to validation where the folder is not split
   * @throws DatasetException when the folder is laid out otherwise or a split would be empty
   */
  static FolderListing of(Path root, FolderLabels labels, double fraction) {
    Path train = root.resolve("train");
    Optional<Path> validation =
        VALIDATION_NAMES.stream().map(root::resolve).filter(Files::isDirectory).findFirst();
    return Files.isDirectory(train) && validation.isPresent()
        ? presplit(root, train, validation.get(), labels)
        : hashed(ImageFolder.list(root, labels), fraction);
  }

  /**
   * The list that an earlier shard left in the work area, or a new one, left there for the next.
   */
  static FolderListing shared(WorkArea work, Path root, FolderLabels labels, double fraction)
      throws IOException {
    Optional<byte[]> known = work.read(NAME);
    if (known.isPresent()) {
      return JSON.readValue(known.get(), FolderListing.class);
    }
    FolderListing listing = of(root, labels, fraction);
    work.write(NAME, JSON.writeValueAsBytes(listing));
    return listing;
  }

  private static FolderListing presplit(
      Path root, Path trainFolder, Path validationFolder, FolderLabels labels) {
    ImageFolder train = ImageFolder.list(trainFolder, labels);
    ImageFolder validation = ImageFolder.list(validationFolder, labels);
    if (!train.classes().equals(validation.classes())) {
      throw new DatasetException(
          "Cannot label the images of %s: the class folders of %s are not those of %s (%s); make them equal, or take all images without labels (labels: none)"
              .formatted(root, validationFolder, trainFolder, firstDifference(train, validation)));
    }
    return new FolderListing(
        train.classes().size(),
        Stream.concat(entries(train, false), entries(validation, true)).toList());
  }

  private static Stream<Entry> entries(ImageFolder folder, boolean validation) {
    String below = ImageFolder.name(folder.root()) + "/";
    return folder.images().stream()
        .map(item -> new Entry(below + item.path(), item.label(), validation));
  }

  private static String firstDifference(ImageFolder train, ImageFolder validation) {
    List<String> missing = new ArrayList<>(train.classes());
    missing.removeAll(validation.classes());
    List<String> extra = new ArrayList<>(validation.classes());
    extra.removeAll(train.classes());
    return missing.isEmpty()
        ? "it also has '" + extra.get(0) + "'"
        : "it lacks '" + missing.get(0) + "'";
  }

  private static FolderListing hashed(ImageFolder folder, double fraction) {
    List<Entry> entries =
        folder.images().stream()
            .map(item -> new Entry(item.path(), item.label(), uniform(item.path()) < fraction))
            .toList();
    long validation = entries.stream().filter(Entry::validation).count();
    if (validation == 0 || validation == entries.size()) {
      throw new DatasetException(
          "Cannot split the %d images of %s: a validation fraction of %s leaves one split empty; change it, add images, or lay them out in train/ and val/"
              .formatted(entries.size(), folder.root(), fraction));
    }
    return new FolderListing(folder.classes().size(), entries);
  }

  /** A number in [0, 1) that belongs to a path. */
  private static double uniform(String path) {
    String digest = new KeyHasher("validation-split").put("path", path).digest();
    return Long.parseLong(digest.substring(0, 13), 16) * 0x1.0p-52;
  }
}
