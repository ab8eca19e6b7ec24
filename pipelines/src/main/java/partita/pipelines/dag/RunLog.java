package partita.pipelines.dag;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import partita.pipelines.dag.RunRecord.StageRecord;

/** The record of the run in progress, kept up to date in its folder. */
final class RunLog implements AutoCloseable {
  private final Path folder;
  private final RunRecord head;
  private final Instant began = Instant.now();
  private final Map<String, StageRecord> stages = new LinkedHashMap<>();
  private final RunEvents events;

  private RunLog(Path folder, RunRecord head) throws IOException {
    this.folder = folder;
    this.head = head;
    this.events = RunEvents.open(folder);
  }

  /** Begins the record of a run. */
  static RunLog open(Path folder, String runId, RunRequest request, Plan plan) throws IOException {
    RunRecord head =
        new RunRecord(
            runId,
            plan.experiment(),
            request.command(),
            request.runner(),
            "running",
            Instant.now().toString(),
            0,
            "",
            request.settings(),
            List.of());
    RunLog log = new RunLog(folder, head);
    for (PlannedStage planned : plan.stages()) {
      Stage stage = planned.stage();
      log.stages.put(
          stage.name(),
          new StageRecord(
              stage.name(),
              stage.task().getClass().getSimpleName(),
              stage.inputs().values().stream().map(Stage::name).distinct().toList(),
              StageStatus.PENDING,
              planned.reason(),
              "",
              0,
              planned.recipeKey(),
              "",
              "",
              ""));
    }
    log.events.append("", "run-started", plan.experiment(), Map.of());
    log.save("running", "");
    return log;
  }

  StageRecord stage(String name) {
    return stages.get(name);
  }

  /** Changes the record of a stage. */
  StageRecord update(String stage, UnaryOperator<StageRecord> change) throws IOException {
    StageRecord changed = change.apply(stages.get(stage));
    stages.put(stage, changed);
    save("running", "");
    return changed;
  }

  void event(String stage, String kind, String message, Map<String, Double> values)
      throws IOException {
    events.append(stage, kind, message, values);
  }

  /** Ends the record: stages not reached were skipped. */
  RunRecord end(String status, String message) throws IOException {
    stages.replaceAll(
        (name, stage) ->
            stage.status() == StageStatus.PENDING
                ? stage.with(StageStatus.SKIPPED, stage.message(), 0)
                : stage);
    events.append("", "run-ended", status, Map.of());
    return save(status, message);
  }

  /** The record of the run so far. */
  RunRecord now() {
    return record("running", "");
  }

  private RunRecord save(String status, String message) throws IOException {
    RunRecord record = record(status, message);
    record.write(folder);
    return record;
  }

  private RunRecord record(String status, String message) {
    return new RunRecord(
        head.runId(),
        head.experiment(),
        head.command(),
        head.runner(),
        status,
        head.started(),
        Duration.between(began, Instant.now()).toMillis() / 1000.0,
        message,
        head.settings(),
        List.copyOf(stages.values()));
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
