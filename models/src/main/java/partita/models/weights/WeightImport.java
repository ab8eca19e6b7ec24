package partita.models.weights;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.layer.Layer;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;

/**
 * The tensors of a file that a network needs, after a look at all names and shapes. Knowingly left
 * aside: {@code num_batches_tracked}, a count of training steps; {@code projection_head.*} and
 * {@code prototypes.*}, which self-supervised training (SwAV) puts behind the network; {@code
 * AuxLogits.*}, Inception's second classifier, which only its training uses.
 */
public final class WeightImport {
  private static final List<String> HEADS =
      List.of("projection_head.", "prototypes.", "AuxLogits.");

  private WeightImport() {}

  /**
   * Everything that a network needs, its elements still in the file; reading one that is not finite
   * fails.
   *
   * @param label before each tensor's name and a slash
   * @throws WeightFileException naming all that is missing, unexpected or of another shape
   */
  public static List<NamedTensor> of(Layer network, String label, WeightFile file)
      throws IOException {
    Map<String, StoredTensor> found = TorchvisionNames.of(file);
    Map<String, NDArray> parameters = network.parameters();
    Map<String, NDArray> expected = new LinkedHashMap<>(parameters);
    expected.putAll(network.buffers());
    requireSame(expected, found, network, file);
    List<NamedTensor> tensors = new ArrayList<>();
    expected.forEach(
        (name, array) -> {
          StoredTensor stored = found.get(name);
          tensors.add(
              new NamedTensor(
                  parameters.containsKey(name) ? TensorRole.PARAMETER : TensorRole.BUFFER,
                  label + "/" + name,
                  DataType.FLOAT32,
                  stored.shape(),
                  () -> floats(name, stored, file)));
        });
    return tensors;
  }

  private static void requireSame(
      Map<String, NDArray> expected,
      Map<String, StoredTensor> found,
      Layer network,
      WeightFile file)
      throws WeightFileException {
    List<String> errors = new ArrayList<>();
    expected.forEach(
        (name, array) -> {
          List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
          if (!found.containsKey(name)) {
            errors.add("missing " + name + " " + shape);
          } else if (!found.get(name).shape().equals(shape)) {
            errors.add("%s is %s, expected %s".formatted(name, found.get(name).shape(), shape));
          }
        });
    found.forEach(
        (name, tensor) -> {
          if (!expected.containsKey(name) && !leftAside(name)) {
            errors.add("unexpected " + name + " " + tensor.shape());
          }
        });
    if (!errors.isEmpty()) {
      throw new WeightFileException(
          "Cannot use weights %s for %s: %d of its arrays do not fit; choose the file of this architecture:\n  %s"
              .formatted(
                  file.path(),
                  network.getClass().getSimpleName(),
                  errors.size(),
                  String.join("\n  ", errors)));
    }
  }

  private static boolean leftAside(String name) {
    return name.endsWith("num_batches_tracked") || HEADS.stream().anyMatch(name::startsWith);
  }

  private static ByteBuffer floats(String name, StoredTensor tensor, WeightFile file) {
    try {
      ByteBuffer values = tensor.floats();
      requireFinite(name, values.duplicate().order(values.order()).asFloatBuffer(), file);
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static void requireFinite(String name, FloatBuffer values, WeightFile file)
      throws WeightFileException {
    for (int i = 0; i < values.limit(); i++) {
      if (!Float.isFinite(values.get(i))) {
        throw new WeightFileException(
            "Cannot use weights %s: value %d of %s is %s, expected finite numbers; get the file again"
                .formatted(file.path(), i, name, values.get(i)));
      }
    }
  }
}
