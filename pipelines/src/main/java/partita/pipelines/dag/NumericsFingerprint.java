package partita.pipelines.dag;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardTask;

/**
 * What the last bits of a computation depend on besides its inputs: engine and version, device,
 * instruction set, intra-op threads and element type, as one line of text. Nothing here loads the
 * native engine.
 */
final class NumericsFingerprint {
  /** Fingerprint of a task whose bits do not depend on the machine. */
  static final String NONE = "none";

  private static final String NATIVE_PROPERTIES = "native/lib/pytorch.properties";
  private static final Path GPUS = Path.of("/proc/driver/nvidia/gpus");

  private NumericsFingerprint() {}

  /** The fingerprint of a task on this machine. */
  static String of(ShardTask task, Execution execution) {
    if (!task.numeric()) {
      return NONE;
    }
    int threads = task.exclusive() ? execution.threads() : 1;
    String processor =
        execution.device().equals("cpu") ? "cpu " + instructionSet() : "cuda " + gpuModel();
    return "%s, %s, %d threads, float32".formatted(engine(), processor, threads);
  }

  /** Engine and version, {@code PyTorch 2.7.1-20250812}. */
  static String engine() {
    ClassLoader loader = NumericsFingerprint.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(NATIVE_PROPERTIES)) {
      if (in != null) {
        Properties properties = new Properties();
        properties.load(in);
        return "PyTorch " + properties.getProperty("version");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + NATIVE_PROPERTIES, e);
    }
    String override = System.getenv("PYTORCH_VERSION");
    return "PyTorch " + (override == null ? "downloaded" : override);
  }

  /** Whether the engine on the class path is the one that has no CUDA. */
  static boolean cpuOnlyEngine() {
    return NumericsFingerprint.class.getClassLoader().getResource(NATIVE_PROPERTIES) != null;
  }

  /**
   * The vector extensions that the engine's kernels choose by, {@code avx2+avx512}; on a system
   * without {@code /proc/cpuinfo} the architecture. The engine's own switches are added when set.
   */
  private static String instructionSet() {
    String set = extensions();
    for (String variable :
        new String[] {"ATEN_CPU_CAPABILITY", "ONEDNN_MAX_CPU_ISA", "MKL_ENABLE_INSTRUCTIONS"}) {
      String value = System.getenv(variable);
      set += value == null ? "" : " " + variable + "=" + value;
    }
    return set;
  }

  private static String extensions() {
    Path cpuinfo = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(cpuinfo)) {
      return System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    }
    try (Stream<String> lines = Files.lines(cpuinfo)) {
      Set<String> flags = new TreeSet<>();
      lines
          .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
          .findFirst()
          .ifPresent(line -> flags.addAll(Arrays.asList(line.split("\\s+"))));
      flags.retainAll(
          Set.of("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "asimd", "sve"));
      return flags.isEmpty() ? System.getProperty("os.arch") : String.join("+", flags);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + cpuinfo, e);
    }
  }

  /** The model of the GPUs that this process may use; of several models, all: which is open. */
  private static String gpuModel() {
    if (!Files.isDirectory(GPUS)) {
      return "unknown";
    }
    String visible = Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")).orElse("");
    String first = visible.split(",")[0].strip();
    SortedSet<String> models = new TreeSet<>();
    try (Stream<Path> gpus = Files.list(GPUS)) {
      for (Path gpu : gpus.sorted().toList()) {
        List<String> lines = Files.readAllLines(gpu.resolve("information"));
        for (String line : lines) {
          if (line.startsWith("Model:")) {
            String model = line.substring("Model:".length()).strip();
            if (first.startsWith("GPU-") && lines.stream().anyMatch(l -> l.contains(first))) {
              return model;
            }
            models.add(model);
          }
        }
      }
      return models.isEmpty() ? "unknown" : String.join(" or ", models);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + GPUS, e);
    }
  }
}
