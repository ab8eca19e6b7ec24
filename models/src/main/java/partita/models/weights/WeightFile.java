package partita.models.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file written by {@code torch.save}: its tensors by name. Nothing in the file is run, and
 * tensors are read one by one. The names are those of the {@code state_dict}, which may be the
 * whole file or an entry of it; {@code module.}, with which data-parallel training prefixes all
 * names, is left out.
 */
public abstract sealed class WeightFile implements AutoCloseable permits ZipWeights, LegacyWeights {
  private static final String DATA_PARALLEL = "module.";

  /** Where checkpoints keep the weights, outermost first. */
  private static final List<List<String>> PLACES =
      List.of(
          List.of(),
          List.of("state_dict"),
          List.of("model"),
          List.of("state_dict_best", "feat_model"));

  private final Path path;

  WeightFile(Path path) {
    this.path = path;
  }

  /**
   * Opens a file of either format.
   *
   * @throws WeightFileException if it is missing, damaged, of another format, or asks to run code
   */
  public static WeightFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new WeightFileException(
          "Cannot read weights %s: %s"
              .formatted(
                  path,
                  Files.isDirectory(path)
                      ? "it is a folder, expected a file that torch.save wrote"
                      : "there is no such file"));
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(path)) {
      start = in.readNBytes(4);
    } catch (AccessDeniedException e) {
      throw new WeightFileException("Cannot read weights " + path + ": no permission", e);
    }
    if (start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] == 3 && start[3] == 4) {
      return new ZipWeights(path);
    }
    if (start.length == 4 && start[0] == (byte) 0x80 && start[1] == 2 && start[2] == (byte) 0x8a) {
      return new LegacyWeights(path);
    }
    throw new WeightFileException(
        "Cannot read weights %s: it is no file of torch.save, which begins with a zip archive or a pickle; its %,d bytes begin otherwise"
            .formatted(path, Files.size(path)));
  }

  /**
   * The tensors of the state_dict by name, sorted.
   *
   * @throws WeightFileException if there are none, or one is not wholly in the file
   */
  public final Map<String, StoredTensor> tensors() throws IOException {
    Object root = described();
    Map<String, PickledTensor> found =
        PLACES.stream()
            .map(place -> at(root, place))
            .filter(tensors -> !tensors.isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    broken(
                        "it holds no state_dict; it has "
                            + (root instanceof Map<?, ?> map ? map.keySet() : "no dictionary")));
    boolean parallel = found.keySet().stream().allMatch(name -> name.startsWith(DATA_PARALLEL));
    Map<String, StoredTensor> tensors = new TreeMap<>();
    for (Map.Entry<String, PickledTensor> entry : found.entrySet()) {
      String name = entry.getKey().substring(parallel ? DATA_PARALLEL.length() : 0);
      StoredTensor tensor = new StoredTensor(name, entry.getValue(), this);
      tensor.requireWhole();
      tensors.put(name, tensor);
    }
    return tensors;
  }

  private static Map<String, PickledTensor> at(Object root, List<String> place) {
    Object found = root;
    for (String key : place) {
      found = found instanceof Map<?, ?> map && map.get(key) != null ? map.get(key) : Pickle.NONE;
    }
    Map<String, PickledTensor> tensors = new TreeMap<>();
    if (found instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            if (value instanceof PickledTensor tensor) {
              tensors.put(key.toString(), tensor);
            }
          });
    }
    return tensors;
  }

  /** Where it lies. */
  public final Path path() {
    return path;
  }

  final WeightFileException broken(String reason) {
    return new WeightFileException("Cannot read weights %s: %s".formatted(path, reason));
  }

  final WeightFileException broken(Exception cause) {
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return new WeightFileException("Cannot read weights %s: %s".formatted(path, reason), cause);
  }

  /** What was saved, with tensors as {@link PickledTensor}. */
  abstract Object described() throws IOException;

  /** Refuses a storage that is not in the file with all of its elements. */
  abstract void requireHeld(PickledTensor.Storage storage) throws IOException;

  /** Bytes of a storage, which must lie within it. */
  abstract byte[] read(PickledTensor.Storage storage, long offset, int count) throws IOException;

  @Override
  public abstract void close() throws IOException;
}
