package partita.pipelines.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import partita.schemas.artifact.ArtifactStore;

/** Runs trials, some side by side, and tells a listener how far they are. */
final class TrialQueue {
  private static final int POLL_SECONDS = 2;
  private static final int PATIENCE_SECONDS = 20;

  private final List<Trial> trials;
  private final TrialProcesses processes;
  private final ArtifactStore store;
  private final ReproductionListener listener;
  private final Map<Trial, String> failures = new LinkedHashMap<>();
  private final List<TrialWatch> running = new ArrayList<>();
  private final List<Double> ended = new ArrayList<>();
  private int started;

  TrialQueue(
      List<Trial> trials,
      TrialProcesses processes,
      ArtifactStore store,
      ReproductionListener listener) {
    this.trials = trials;
    this.processes = processes;
    this.store = store;
    this.listener = listener;
  }

  /**
   * Runs them all; one that fails takes nothing from the others.
   *
   * @return trial to why it failed, of those that did
   * @throws InterruptedException when it was asked to stop
   */
  Map<Trial, String> run(int sideBySide) throws IOException, InterruptedException {
    ExecutorService workers = Executors.newFixedThreadPool(sideBySide);
    try {
      Deque<Future<?>> open = new ArrayDeque<>();
      for (Trial trial : trials) {
        open.add(
            workers.submit(
                () -> {
                  run(trial);
                  return trial;
                }));
      }
      while (!open.isEmpty()) {
        if (await(open.peek())) {
          open.remove();
        } else {
          tell(sideBySide);
        }
      }
      return Collections.unmodifiableMap(failures);
    } finally {
      end(workers);
    }
  }

  /** Lets trials that are still at work save what they have. */
  private void end(ExecutorService workers) throws InterruptedException {
    processes.stop();
    workers.shutdown();
    if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      workers.shutdownNow();
    }
  }

  private void run(Trial trial) throws IOException, InterruptedException {
    TrialWatch watch;
    synchronized (this) {
      watch = new TrialWatch(trial, store);
      running.add(watch);
      started++;
      listener.trialStarted(trial, started, trials.size());
    }
    int code = processes.run(trial);
    String failure = code == 0 ? "" : failure(watch, code);
    synchronized (this) {
      running.remove(watch);
      ended.add(watch.seconds());
      if (!failure.isEmpty()) {
        failures.put(trial, failure);
      }
      listener.trialEnded(trial, watch.seconds(), failure);
    }
  }

  /** What its run says went wrong; one that got no further than its options says so in its log. */
  private String failure(TrialWatch watch, int code) throws IOException {
    Path log = processes.log(watch.trial());
    String told = watch.failure();
    if (told.isEmpty()) {
      List<String> lines =
          Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
      told = lines.isEmpty() ? "it printed nothing" : lines.get(lines.size() - 1);
    }
    return "%s (exit code %d, log %s)".formatted(told, code, log);
  }

  private static boolean await(Future<?> future) throws IOException, InterruptedException {
    try {
      future.get(POLL_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (java.util.concurrent.TimeoutException stillRunning) {
      return false;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("asked to stop");
      }
      throw new IOException("Cannot run a trial: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private synchronized void tell(int sideBySide) {
    try {
      List<TrialProgress> progress = new ArrayList<>();
      for (TrialWatch watch : running) {
        progress.add(watch.read());
      }
      listener.progress(progress, ended.size(), trials.size(), secondsLeft(progress, sideBySide));
    } catch (IOException | RuntimeException missed) {
      // Progress is for the eye: it is read again soon, and never worth failing a trial.
      listener.progressMissed(missed);
    }
  }

  /** What is left of those at work, and for each that waits the mean of what is known. */
  private double secondsLeft(List<TrialProgress> progress, int sideBySide) {
    List<Double> whole = new ArrayList<>(ended);
    double left = 0;
    for (TrialProgress trial : progress) {
      if (trial.secondsLeft() < 0) {
        return -1;
      }
      whole.add(trial.seconds() + trial.secondsLeft());
      left += trial.secondsLeft();
    }
    int waiting = trials.size() - started;
    double mean = whole.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return (left + waiting * mean) / Math.min(sideBySide, Math.max(1, progress.size() + waiting));
  }
}
