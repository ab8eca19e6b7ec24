package partita.pipelines.benchmark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import partita.pipelines.dag.RunEvent;
import partita.pipelines.dag.RunEvents;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.dag.StageStatus;
import partita.schemas.artifact.ArtifactStore;

/** Follows a trial that runs in another process by what that run leaves in the store. */
final class TrialWatch {
  private final Trial trial;
  private final ArtifactStore store;
  private final Set<String> earlier;
  private final Instant began = Instant.now();
  private Optional<String> run = Optional.empty();

  /** Starts to look for runs that begin from now on. */
  TrialWatch(Trial trial, ArtifactStore store) throws IOException {
    this.trial = trial;
    this.store = store;
    this.earlier = new HashSet<>(new RunHistory(store).ids());
  }

  Trial trial() {
    return trial;
  }

  double seconds() {
    return Duration.between(began, Instant.now()).toMillis() / 1000.0;
  }

  /** What the record of its run says went wrong; empty when there is no record or no failure. */
  String failure() throws IOException {
    return record().map(RunRecord::message).orElse("");
  }

  /** How far it is now. */
  TrialProgress read() throws IOException {
    Optional<RunRecord> record = record();
    if (record.isEmpty()) {
      return new TrialProgress(trial, 0, trial.steps(), seconds(), -1);
    }
    List<StageRecord> stages = record.get().stages();
    long ran = stages.stream().filter(stage -> stage.status() == StageStatus.RAN).count();
    long open =
        stages.stream()
            .filter(
                stage ->
                    stage.status() == StageStatus.PENDING || stage.status() == StageStatus.RUNNING)
            .count();
    Part part = part(stages);
    double fraction = (ran + part.fraction()) / Math.max(1, ran + open);
    double left = fraction > 0 ? seconds() * (1 - fraction) / fraction : -1;
    return new TrialProgress(trial, part.step(), trial.steps(), seconds(), left);
  }

  /** The stage at work: the part of it that is done, and the training step that was reached. */
  private record Part(double fraction, long step) {}

  private Part part(List<StageRecord> stages) throws IOException {
    long trained = 0;
    Part part = new Part(0, 0);
    for (StageRecord stage : stages) {
      boolean trains = stage.name().matches("train@\\d+");
      if (stage.status() == StageStatus.RUNNING) {
        Optional<RunEvent> last = lastProgress(stage.name());
        double done = last.map(event -> event.values().getOrDefault("done", 0.0)).orElse(0.0);
        double total = last.map(event -> event.values().getOrDefault("total", 0.0)).orElse(0.0);
        part =
            new Part(
                total > 0 ? Math.min(1, done / total) : 0,
                trains ? Math.max(trained, (long) done) : trained);
      } else if (trains && stage.status() != StageStatus.PENDING) {
        trained = Math.max(trained, Long.parseLong(stage.name().substring("train@".length())));
      }
    }
    return new Part(part.fraction(), Math.max(part.step(), trained));
  }

  private Optional<RunEvent> lastProgress(String stage) throws IOException {
    return RunEvents.read(store.run(run.orElseThrow())).stream()
        .filter(event -> event.stage().equals(stage) && event.kind().equals("progress"))
        .reduce((first, second) -> second);
  }

  private Optional<RunRecord> record() throws IOException {
    if (run.isPresent()) {
      return record(run.get());
    }
    for (String id : new RunHistory(store).ids()) {
      if (!earlier.contains(id)) {
        Optional<RunRecord> found = record(id);
        if (found.isPresent() && found.get().command().equals(trial.words())) {
          run = Optional.of(id);
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** A run that has only just begun has no record yet. */
  private Optional<RunRecord> record(String id) throws IOException {
    try {
      return Optional.of(RunRecord.read(store.run(id)));
    } catch (NoSuchFileException | FileNotFoundException notYet) {
      return Optional.empty();
    }
  }
}
