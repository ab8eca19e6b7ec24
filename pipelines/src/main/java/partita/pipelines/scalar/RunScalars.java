package partita.pipelines.scalar;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.dag.StageProgress;
import partita.pipelines.report.StageName;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/**
 * Writes the curves and metrics of each stage into the run's folder as soon as the run is done with
 * the stage, those of stages that were up to date too; of a training that broke off, what was seen
 * of it. What cannot be written takes nothing from the run: it is said once.
 */
public final class RunScalars implements RunListener, AutoCloseable {
  private static final String STEPS = "steps";

  private final ArtifactStore store;
  private final Consumer<String> warnings;
  private final Map<String, Watched> watched = new HashMap<>();
  private @Nullable Path folder;
  private @Nullable EventFile file;

  /**
   * @param warnings hears, once at most, that something could not be written
   */
  public RunScalars(ArtifactStore store, Consumer<String> warnings) {
    this.store = store;
    this.warnings = warnings;
  }

  /** What was seen of a training while it ran. */
  private static final class Watched {
    private final WallTimes times = new WallTimes();
    private final List<Scalar> scalars = new ArrayList<>();
    private long last = Long.MIN_VALUE;
  }

  @Override
  public synchronized void planned(String runId, Path runFolder, Plan plan) {
    if (plan.stale()) {
      folder = runFolder;
    }
  }

  @Override
  public synchronized void progress(StageProgress progress) {
    if (folder == null || !progress.unit().equals(STEPS)) {
      return;
    }
    Watched seen = watched.computeIfAbsent(progress.stage(), absent -> new Watched());
    if (progress.done() > seen.last) {
      seen.last = progress.done();
      double now = ArtifactScalars.seconds(Instant.now());
      seen.times.saw(progress.done(), now);
      String kind = StageName.parse(progress.stage()).kind();
      progress
          .values()
          .forEach(
              (series, value) ->
                  seen.scalars.add(
                      new Scalar(
                          Scalar.tag(kind, series), progress.done(), now, value.floatValue())));
    }
  }

  @Override
  public synchronized void stageEnded(StageRecord stage) {
    if (folder == null) {
      return;
    }
    Watched seen = watched.containsKey(stage.name()) ? watched.remove(stage.name()) : new Watched();
    try {
      Optional<Manifest> artifact =
          stage.actionKey().isEmpty() ? Optional.empty() : store.find(stage.actionKey());
      write(
          artifact.isPresent()
              ? ArtifactScalars.of(store, stage.name(), artifact.get(), seen.times)
              : seen.scalars);
    } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
      warnings.accept(
          "Cannot write the curves of this run for TensorBoard: %s; the run goes on without"
              .formatted(e.getMessage()));
      folder = null;
    }
  }

  private void write(List<Scalar> scalars) throws IOException {
    if (folder == null || scalars.isEmpty()) {
      return;
    }
    EventFile opened = file;
    if (opened == null) {
      Instant now = Instant.now();
      opened =
          EventFile.create(
              folder.resolve("events.out.tfevents.%010d.partita".formatted(now.getEpochSecond())),
              ArtifactScalars.seconds(now));
      file = opened;
    }
    opened.append(scalars);
  }

  @Override
  public synchronized void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      warnings.accept("Cannot close the curves of this run: " + e.getMessage());
    }
  }
}
