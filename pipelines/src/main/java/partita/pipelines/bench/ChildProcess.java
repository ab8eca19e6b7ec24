package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Processes that this one waits for; they die with this one.
 *
 * @param folder takes what they print
 * @param threads of every native library in them
 */
record ChildProcess(Path folder, int threads) {
  private static final List<String> THREAD_VARIABLES =
      List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS");
  private static final int QUOTED_LINES = 15;

  /**
   * How a process ended.
   *
   * @param code 0 when all went well
   * @param out lines of standard output
   * @param lastWords end of standard error
   * @param seconds wall-clock seconds from start to end
   */
  record Ended(int code, List<String> out, List<String> lastWords, double seconds) {

    /** The last line that it printed. */
    String lastLine() {
      return out.isEmpty() ? "" : out.get(out.size() - 1);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @throws InterruptedException also when this JVM is being ended meanwhile
   */
  Ended run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    for (String variable : THREAD_VARIABLES) {
      builder.environment().put(variable, Integer.toString(threads));
    }
    long start = System.nanoTime();
    Process process = builder.start();
    Thread killer = new Thread(process::destroyForcibly);
    try {
      Runtime.getRuntime().addShutdownHook(killer);
      try {
        int code = process.waitFor();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Ended(code, Files.readAllLines(out), lastWords(err), seconds);
      } finally {
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    } catch (IllegalStateException e) {
      // Hooks cannot be changed any more: this JVM is being ended.
      throw new InterruptedException("Stopped while measuring");
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * Runs a command that has to succeed.
   *
   * @param what names it for the error
   * @throws BenchmarkFailedException when it ends with another code than 0; quotes its last words
   */
  Ended succeed(String what, List<String> command) throws IOException, InterruptedException {
    Ended ended = run(command);
    if (ended.code() != 0) {
      throw new BenchmarkFailedException(
          "Cannot measure %s: its process ended with code %d, expected 0. Its last words:%n%s"
              .formatted(
                  what, ended.code(), String.join(System.lineSeparator(), ended.lastWords())));
    }
    return ended;
  }

  private static List<String> lastWords(Path err) throws IOException {
    List<String> lines = Files.readAllLines(err);
    return lines.subList(Math.max(0, lines.size() - QUOTED_LINES), lines.size());
  }
}
