package partita.pipelines.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

/** Times one region of this process, by the wall clock and by the processors. */
final class Stopwatch {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Path STATUS = Path.of("/proc/self/status");

  private double seconds;
  private double cpuSeconds;

  /** Does the work and keeps how long it took. */
  <T> T time(Callable<T> work) throws Exception {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    T result = work.call();
    seconds = (System.nanoTime() - wall) / 1e9;
    cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    return result;
  }

  /** The region timed last, as the mean of {@code repeats} equal parts. */
  Measurement measurement(int repeats, Map<String, Double> values) throws IOException {
    return new Measurement(seconds / repeats, cpuSeconds / repeats, peakBytes(), 0, "", values);
  }

  /** The region timed last, with the answer's figures. */
  Measurement measurement(Map<String, Double> values) throws IOException {
    return measurement(1, values);
  }

  /** Largest resident memory of this process so far; 0 on a system without {@code /proc}. */
  private static long peakBytes() throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
