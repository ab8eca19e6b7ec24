package partita.models.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A file of tensors by name: {@code torch.save}'s (zip or the format before 1.6), a TorchScript
 * module's, safetensors, {@code .npy} and {@code .npz}; which one it is, its content says. Nothing
 * in the file is run, and tensors are read one by one. {@code module.}, with which data-parallel
 * training prefixes all names, is left out. Safe for use by one thread.
 */
public abstract sealed class WeightFile implements AutoCloseable
    permits ZipWeights, LegacyWeights, SafetensorsWeights, NpyWeights, NpzWeights {
  private static final String DATA_PARALLEL = "module.";
  private static final int LONGEST_REASON = 500;

  private final Path path;
  private final String format;

  /**
   * @param format word for the format
   */
  WeightFile(Path path, String format) {
    this.path = path;
    this.format = format;
  }

  /**
   * Opens a file of any of the formats.
   *
   * @throws WeightFileException if it is missing, damaged, of another format, or asks to run code
   */
  public static WeightFile open(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw broken(
          path,
          Files.isDirectory(path)
              ? "it is a folder, expected a file of weights"
              : "there is no such file");
    }
    try {
      byte[] start;
      try (InputStream in = Files.newInputStream(path)) {
        start = in.readNBytes(9);
      }
      return open(path, new String(start, StandardCharsets.ISO_8859_1));
    } catch (AccessDeniedException e) {
      throw new WeightFileException("Cannot read weights " + path + ": no permission", e);
    } catch (FormatException e) {
      throw broken(path, e);
    }
  }

  private static WeightFile open(Path path, String start) throws IOException {
    if (start.startsWith("PK\3\4")) {
      return unzipped(path, new ZipArchive(FileChannel.open(path)));
    } else if (start.startsWith("\u0080\u0002\u008a")) {
      return new LegacyWeights(path);
    } else if (start.startsWith(NpyHeader.MAGIC)) {
      return new NpyWeights(path);
    } else if (start.length() == 9 && start.charAt(8) == '{') {
      return new SafetensorsWeights(path);
    }
    throw new FormatException(
        "it is no file of torch.save or torch.jit.save, safetensors, .npy or .npz; its %,d bytes begin otherwise"
            .formatted(Files.size(path)));
  }

  private static WeightFile unzipped(Path path, ZipArchive zip) throws IOException {
    try {
      List<String> names = List.copyOf(zip.entries().keySet());
      boolean torch = names.stream().anyMatch(TorchArchive::describes);
      if (!torch && names.stream().anyMatch(NpzWeights::isArray)) {
        return new NpzWeights(path, zip);
      }
      return new ZipWeights(path, new TorchArchive(zip));
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  /**
   * {@code torch-zip}, {@code torch-legacy}, {@code torchscript}, {@code safetensors}, {@code npy}
   * or {@code npz}.
   */
  public final String format() {
    return format;
  }

  /**
   * The tensors by name, sorted.
   *
   * @throws WeightFileException if there are none, or one is not wholly in the file
   */
  public final Map<String, StoredTensor> tensors() throws IOException {
    try {
      Map<String, TensorLayout> found = layouts();
      boolean parallel =
          !found.isEmpty()
              && found.keySet().stream().allMatch(name -> name.startsWith(DATA_PARALLEL));
      Map<String, StoredTensor> tensors = new TreeMap<>();
      for (Map.Entry<String, TensorLayout> entry : found.entrySet()) {
        String name = entry.getKey().substring(parallel ? DATA_PARALLEL.length() : 0);
        FileTensor tensor = new FileTensor(name, entry.getValue(), this);
        tensor.requireWhole();
        tensors.put(name, tensor);
      }
      return tensors;
    } catch (FormatException e) {
      throw broken(e);
    }
  }

  /** Where it lies. */
  public final Path path() {
    return path;
  }

  final WeightFileException broken(String reason) {
    return broken(path, reason);
  }

  final WeightFileException broken(FormatException cause) {
    return broken(path, cause);
  }

  private static WeightFileException broken(Path path, String reason) {
    return new WeightFileException("Cannot read weights %s: %s".formatted(path, reason));
  }

  private static WeightFileException broken(Path path, FormatException cause) {
    return new WeightFileException(
        "Cannot read weights %s: %s".formatted(path, shown(String.valueOf(cause.getMessage()))),
        cause);
  }

  /** Names out of the file may hold anything, and a message is one line. */
  private static String shown(String reason) {
    String line = reason.replaceAll("\\p{Cntrl}", "?");
    return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "..." : line;
  }

  /**
   * The tensors that the file describes.
   *
   * @throws FormatException if it is damaged
   */
  abstract Map<String, TensorLayout> layouts() throws IOException;

  /** Refuses a storage that is not in the file with all of its elements. */
  abstract void requireHeld(TensorLayout.Storage storage) throws IOException;

  /** Little-endian bytes of a storage, which must lie within it. */
  abstract byte[] read(TensorLayout.Storage storage, long offset, int count) throws IOException;

  @Override
  public abstract void close() throws IOException;
}
