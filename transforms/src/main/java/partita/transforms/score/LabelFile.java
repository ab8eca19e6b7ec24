package partita.transforms.score;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import partita.models.weights.StoredTensor;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;

/** Whole numbers, one a row, that {@code numpy.save} wrote: {@code [N]} or {@code [N, 1]}. */
public final class LabelFile {
  /** Up to here float32, through which numbers are read, holds every whole number. */
  public static final int LARGEST = 1 << 24;

  private LabelFile() {}

  /**
   * Reads a file.
   *
   * @return the labels, {@code [N]}
   * @throws IOException when it is missing, damaged or holds something else; names the row
   */
  public static int[] read(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException("Cannot read labels %s: there is no such file".formatted(path));
    }
    try (WeightFile file = WeightFile.open(path)) {
      StoredTensor array = file.tensors().values().iterator().next();
      List<Long> shape = array.shape();
      boolean row = shape.size() == 1 || (shape.size() == 2 && shape.get(1) == 1);
      if (!file.format().equals("npy") || !row || !array.dtype().matches("u?int.*|bool")) {
        throw new WeightFileException(
            "Cannot read labels %s: it is %s %s %s, expected .npy of whole numbers [N]"
                .formatted(path, file.format(), array.dtype(), shape));
      }
      FloatBuffer values = array.floats().asFloatBuffer();
      int[] labels = new int[values.remaining()];
      for (int i = 0; i < labels.length; i++) {
        if (Math.abs(values.get(i)) >= LARGEST) {
          throw new WeightFileException(
              "Cannot read labels %s: row %d is %.0f, expected less than %,d"
                  .formatted(path, i, values.get(i), LARGEST));
        }
        labels[i] = (int) values.get(i);
      }
      return labels;
    }
  }
}
