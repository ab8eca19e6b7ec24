package partita.pipelines.benchmark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import partita.pipelines.process.ForkedJvm;

/**
 * Trials at work, each in a JVM of its own, for there is one native training in a JVM at a time.
 * Asked to stop, they save what they have and end.
 */
final class TrialProcesses {
  private static final int INTERRUPTED = 130;

  private final String mainClass;
  private final Path logs;
  private final Path temporary;
  private final Set<Process> running = new HashSet<>();
  private boolean stopping;

  /**
   * @param mainClass understands the commands of trials
   * @param logs folder that takes what each trial prints
   * @param temporary folder for the temporary files of the JVMs
   */
  TrialProcesses(String mainClass, Path logs, Path temporary) {
    this.mainClass = mainClass;
    this.logs = logs;
    this.temporary = temporary;
  }

  /**
   * Runs a trial to its end.
   *
   * @return its exit code
   * @throws InterruptedException when it was asked to stop
   */
  int run(Trial trial) throws IOException, InterruptedException {
    Process process = start(trial);
    try {
      int code = process.waitFor();
      synchronized (this) {
        // Ctrl-C reaches all processes of a terminal at once, the trials perhaps before us.
        if (stopping || code == INTERRUPTED) {
          throw new InterruptedException("asked to stop");
        }
      }
      return code;
    } finally {
      process.destroy();
      synchronized (this) {
        running.remove(process);
      }
    }
  }

  private synchronized Process start(Trial trial) throws IOException, InterruptedException {
    if (stopping) {
      throw new InterruptedException("asked to stop");
    }
    Process process =
        new ProcessBuilder(ForkedJvm.command(temporary, mainClass, trial.words()))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log(trial).toFile())
            .start();
    running.add(process);
    return process;
  }

  /** Asks all trials at work to save and end; none begins any more. */
  synchronized void stop() {
    stopping = true;
    running.forEach(Process::destroy);
  }

  /** Takes what the trial prints. */
  Path log(Trial trial) {
    return logs.resolve(trial.fileName() + ".log");
  }
}
