package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * How the training labels of published data sets begin, whose files have the same names and sizes:
 * all that tells MNIST from Fashion-MNIST before either is read. Sixteen labels of another data set
 * are these by chance once in 10^16; a person's own data under any other name is not looked at.
 */
enum PublishedLabels {
  MNIST("mnist", 5, 0, 4, 1, 9, 2, 1, 3, 1, 4, 3, 5, 3, 6, 1, 7),
  FASHION_MNIST("fashion-mnist", 9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 0, 9, 5, 5, 7, 9);

  private final String name;
  private final byte[] first;

  PublishedLabels(String name, int... first) {
    this.name = name;
    this.first = new byte[first.length];
    for (int i = 0; i < first.length; i++) {
      this.first[i] = (byte) first[i];
    }
  }

  /**
   * Refuses the files of one of these data sets under the name of another.
   *
   * @param given name of the data set that is asked for
   * @param labels file of its training labels
   * @throws DatasetException when they are another's, or the file is no IDX file
   */
  static void require(String given, Path labels) {
    if (Arrays.stream(values()).noneMatch(known -> known.name.equals(given))) {
      return;
    }
    for (PublishedLabels known : values()) {
      if (!known.name.equals(given) && known.begin(labels)) {
        throw new DatasetException(
            "Cannot take %s as %s: it begins as the labels of %s do; name another folder by --data, or set dataset.name=%s if it is meant"
                .formatted(labels, given, known.name, known.name));
      }
    }
  }

  private boolean begin(Path labels) {
    IdxFile file = IdxFile.open(labels, 1);
    if (file.items() < first.length) {
      return false;
    }
    try (IdxFile.Items items = file.from(0)) {
      for (byte label : first) {
        if (items.next()[0] != label) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new DatasetException("Cannot read IDX file " + labels + ": " + e, e);
    }
  }
}
