package partita.pipelines.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.weights.Safetensors;
import partita.schemas.table.TableReader;
import partita.transforms.train.StateTable;

/**
 * Tensors of a table as a safetensors file. Where all are of one network their names are those of
 * its arrays, {@code conv1.weight}, as PyTorch has them; otherwise the network stands before them,
 * {@code generator/conv1.weight}, and before that the role of what is no parameter or buffer,
 * {@code average/generator/conv1.weight}.
 */
final class WeightsExport {
  static final String EXTENSION = ".safetensors";

  private WeightsExport() {}

  /** Whether a path names one file of weights rather than a folder. */
  static boolean isFile(Path target) {
    return target.toString().endsWith(EXTENSION);
  }

  /** Writes a new file; the result is the number of tensors. */
  static long write(TableReader reader, Path file) throws IOException {
    List<NamedTensor> tensors = StateTable.read(reader);
    Optional<String> network = onlyNetwork(tensors);
    Safetensors.write(
        file,
        tensors.stream()
            .map(
                tensor ->
                    new NamedTensor(
                        tensor.role(),
                        network
                            .map(label -> tensor.name().substring(label.length()))
                            .orElseGet(() -> fullName(tensor)),
                        tensor.type(),
                        tensor.shape(),
                        tensor.content()))
            .toList());
    return tensors.size();
  }

  /** What stands before the names of all, with its slash, if they stay different without it. */
  private static Optional<String> onlyNetwork(List<NamedTensor> tensors) {
    Set<String> labels = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (NamedTensor tensor : tensors) {
      labels.add(tensor.name().substring(0, tensor.name().indexOf('/') + 1));
      names.add(tensor.name());
    }
    return labels.size() == 1 && names.size() == tensors.size()
        ? Optional.of(labels.iterator().next())
        : Optional.empty();
  }

  private static String fullName(NamedTensor tensor) {
    boolean array = tensor.role() == TensorRole.PARAMETER || tensor.role() == TensorRole.BUFFER;
    return array
        ? tensor.name()
        : tensor.role().name().toLowerCase(Locale.ROOT) + "/" + tensor.name();
  }
}
