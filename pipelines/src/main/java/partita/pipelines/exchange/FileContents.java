package partita.pipelines.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.models.weights.StoredTensor;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;
import partita.pipelines.dag.BadInputException;

/**
 * What a file of weights holds, without reading its elements.
 *
 * @param file the file
 * @param format {@code torch-zip}, {@code safetensors} ...
 * @param fileBytes size of the file
 * @param parameters numbers in all tensors together
 * @param bytes that they take, before compression
 * @param tensors in the order of their names
 */
public record FileContents(
    String file, String format, long fileBytes, long parameters, long bytes, List<Tensor> tensors) {

  public FileContents {
    tensors = List.copyOf(tensors);
  }

  /**
   * One tensor.
   *
   * @param dtype element type, {@code float32}
   * @param shape dimensions, empty for a single value
   * @param bytes of its elements
   */
  public record Tensor(String name, String dtype, List<Long> shape, long bytes) {
    public Tensor {
      shape = List.copyOf(shape);
    }
  }

  /**
   * Looks at a file.
   *
   * @throws BadInputException if it is missing, damaged or of no known format
   */
  public static FileContents read(Path path) throws IOException {
    try (WeightFile file = WeightFile.open(path)) {
      List<Tensor> tensors = new ArrayList<>();
      long parameters = 0;
      long bytes = 0;
      for (Map.Entry<String, StoredTensor> entry : file.tensors().entrySet()) {
        StoredTensor tensor = entry.getValue();
        tensors.add(new Tensor(entry.getKey(), tensor.dtype(), tensor.shape(), tensor.bytes()));
        parameters += tensor.elements();
        bytes += tensor.bytes();
      }
      return new FileContents(
          path.toString(), file.format(), Files.size(path), parameters, bytes, tensors);
    } catch (WeightFileException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }
}
