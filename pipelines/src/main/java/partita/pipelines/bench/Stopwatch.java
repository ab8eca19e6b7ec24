package partita.pipelines.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Times regions of this process, by the wall clock and by the processors. */
final class Stopwatch {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final Path STATUS = Path.of("/proc/self/status");

  private final List<Measurement> regions = new ArrayList<>();

  /** Does the work and keeps how long it took. */
  <T> T time(Callable<T> work) throws Exception {
    return time(1, work);
  }

  /**
   * Does the work, which repeats something short, and keeps how long one of the repeats took.
   *
   * @param repeats how many there are
   */
  <T> T time(int repeats, Callable<T> work) throws Exception {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    T result = work.call();
    double seconds = (System.nanoTime() - wall) / 1e9;
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    regions.add(new Measurement(seconds / repeats, cpuSeconds / repeats, 0, 0, "", Map.of()));
    return result;
  }

  /**
   * The medians of the regions timed so far.
   *
   * @param values the answer's figures
   */
  Measurement median(Map<String, Double> values) throws IOException {
    return new Measurement(
        Series.of(regions, Measurement::seconds).median(),
        Series.of(regions, Measurement::cpuSeconds).median(),
        peakBytes(),
        0,
        "",
        values);
  }

  /** Largest resident memory of this process so far; 0 on a system without {@code /proc}. */
  private static long peakBytes() throws IOException {
    return statusBytes("VmHWM:");
  }

  /** Resident memory of this process now; 0 on a system without {@code /proc}. */
  static long residentBytes() throws IOException {
    return statusBytes("VmRSS:");
  }

  private static long statusBytes(String field) throws IOException {
    if (!Files.isReadable(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
