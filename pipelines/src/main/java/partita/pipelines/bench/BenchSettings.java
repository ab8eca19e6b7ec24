package partita.pipelines.bench;

import java.nio.file.Path;

/**
 * How benchmarks are run.
 *
 * @param threads threads of each side
 * @param repeats timed processes of each side
 * @param scale part of the full sizes, in (0, 1]; targets are judged at 1 alone
 * @param python interpreter that has the peers
 * @param scripts folder of the peers' scripts
 * @param mainClass main class of the command line, for benchmarks that run whole experiments
 */
public record BenchSettings(
    int threads, int repeats, double scale, String python, Path scripts, String mainClass) {

  boolean fullSize() {
    return scale == 1;
  }
}
