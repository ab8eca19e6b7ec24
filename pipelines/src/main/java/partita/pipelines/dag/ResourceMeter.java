package partita.pipelines.dag;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What this process takes of the machine from a moment on: processor time of all threads, and the
 * largest resident memory where the system is Linux.
 */
public final class ResourceMeter {
  /** Kind of the event that tells it, {@link RunEvent#kind()}. */
  public static final String EVENT = "resources";

  /** Processor seconds. */
  public static final String PROCESSOR = "processorSeconds";

  /** Bytes. */
  public static final String MEMORY = "peakMemoryBytes";

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final byte[] PEAK = {'5'};

  private final long began;
  private final boolean remembersPeak;

  private ResourceMeter(long began, boolean remembersPeak) {
    this.began = began;
    this.remembersPeak = remembersPeak;
  }

  /** Begins to measure; one at a time, for the system remembers one peak. */
  static ResourceMeter start() {
    boolean reset = false;
    try {
      Files.write(RESET, PEAK);
      reset = true;
    } catch (IOException noLinux) {
      // Then the peak stays unknown.
    }
    return new ResourceMeter(processorNanos(), reset);
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** What was taken since; only what is known. */
  Map<String, Double> read() {
    Map<String, Double> taken = new TreeMap<>();
    if (began >= 0) {
      taken.put(PROCESSOR, (processorNanos() - began) / 1e9);
    }
    if (remembersPeak) {
      try (Stream<String> lines = Files.lines(STATUS)) {
        lines
            .filter(line -> line.startsWith("VmHWM:"))
            .findFirst()
            .ifPresent(
                line -> taken.put(MEMORY, 1024.0 * Long.parseLong(line.replaceAll("\\D", ""))));
      } catch (IOException gone) {
        return taken;
      }
    }
    return taken;
  }
}
