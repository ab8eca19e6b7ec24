package partita.transforms.score;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import partita.models.weights.StoredTensor;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;

/** Whole numbers, one a row, that {@code numpy.save} wrote: {@code [N]} or {@code [N, 1]}. */
public final class LabelFile {
  /** Up to here float32, through which numbers are read, holds every whole number. */
  private static final float LARGEST = 1 << 24;

  private LabelFile() {}

  /**
   * Reads a file.
   *
   * @return the labels, {@code [N]}
   * @throws IOException when it is missing, damaged or holds something else; names the row
   */
  public static int[] read(Path path) throws IOException {
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
              "Cannot read labels %s: row %d is %.0f, expected less than %.0f"
                  .formatted(path, i, values.get(i), LARGEST));
        }
        labels[i] = (int) values.get(i);
      }
      return labels;
    }
  }
}
