package partita.runners.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.infra.lineage.LineageEvents;
import partita.infra.lineage.LineageEvents.End;
import partita.infra.lineage.LineageSender;
import partita.infra.lineage.StageWork;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.PlannedStage;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageStatus;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/**
 * Tells a run as lineage: its beginning and end, and those of each stage that it works on. Whatever
 * reads the store is done by the sender's thread.
 */
final class LineageListener implements RunListener, AutoCloseable {
  private final LineageSender sender;
  private final ArtifactStore store;
  private final RunRequest request;
  private final Map<String, PlannedStage> plan = new HashMap<>();
  private final Map<String, String> actions = new HashMap<>();
  private final Map<String, Begun> begun = new HashMap<>();
  private LineageEvents events;
  private boolean running;

  LineageListener(LineageSender sender, ArtifactStore store, RunRequest request) {
    this.sender = sender;
    this.store = store;
    this.request = request;
    this.events = new LineageEvents(store, "", "", Instant.EPOCH);
  }

  /**
   * A stage that began.
   *
   * @param reason why it runs
   * @param inputs action keys of what it reads
   */
  private record Begun(PlannedStage planned, Instant time, String reason, List<String> inputs) {}

  @Override
  public synchronized void planned(String runId, Path folder, Plan planned) {
    LineageEvents ofRun = new LineageEvents(store, planned.experiment(), runId, Instant.now());
    planned.stages().forEach(stage -> plan.put(stage.stage().name(), stage));
    events = ofRun;
    running = true;
    Map<String, Object> facts =
        Map.of(
            "command", request.command(),
            "runner", request.runner(),
            "settings", new TreeMap<>(request.settings()));
    sender.send(() -> ofRun.runStarted(facts));
  }

  @Override
  public synchronized void stageStarted(String stage, int index, int count, String reason) {
    PlannedStage planned = plan.get(stage);
    List<String> inputs =
        planned.stage().inputs().values().stream()
            .map(input -> actions.getOrDefault(input.name(), ""))
            .distinct()
            .toList();
    Begun now = new Begun(planned, Instant.now(), reason, inputs);
    begun.put(stage, now);
    LineageEvents ofRun = events;
    sender.send(() -> ofRun.stageStarted(work(now)));
  }

  @Override
  public synchronized void stageEnded(StageRecord ended) {
    actions.put(ended.name(), ended.actionKey());
    Begun now = begun.remove(ended.name());
    if (now != null) {
      Instant time = Instant.now();
      LineageEvents ofRun = events;
      sender.send(
          () ->
              ofRun.stageEnded(
                  work(now), end(ended.status()), time, find(ended.actionKey()), ended.message()));
    }
  }

  @Override
  public synchronized void runEnded(RunRecord record) {
    Map<String, Object> stages = new TreeMap<>();
    for (StageRecord stage : record.stages()) {
      stages.put(
          stage.name(),
          Map.of(
              "status", stage.status().name().toLowerCase(Locale.ROOT),
              "actionKey", stage.actionKey(),
              "contentDigest", stage.contentDigest()));
    }
    End end =
        switch (record.status()) {
          case "succeeded" -> End.DONE;
          case "interrupted" -> End.STOPPED;
          default -> End.FAILED;
        };
    end(end, Map.of("stages", stages), record.message());
  }

  private void end(End end, Map<String, Object> facts, String message) {
    running = false;
    Instant time = Instant.now();
    LineageEvents ofRun = events;
    sender.send(() -> ofRun.runEnded(end, time, facts, message));
  }

  /** Says of a run without a last record that it failed, and waits a little for the sender. */
  @Override
  public synchronized void close() {
    if (running) {
      end(End.FAILED, Map.of(), "The run broke off");
    }
    sender.close();
  }

  private static End end(StageStatus status) {
    return switch (status) {
      case FAILED -> End.FAILED;
      case INTERRUPTED -> End.STOPPED;
      default -> End.DONE;
    };
  }

  private StageWork work(Begun begun) throws IOException {
    Stage stage = begun.planned().stage();
    List<Manifest> inputs = new ArrayList<>();
    for (String action : begun.inputs()) {
      find(action).ifPresent(inputs::add);
    }
    Map<String, Path> files = new TreeMap<>();
    stage.files().forEach((name, input) -> files.put(name, input.path()));
    Map<String, Object> known =
        Map.of(
            "reason", begun.reason(),
            "recipeKey", begun.planned().recipeKey(),
            "parameters", stage.parameters(),
            "seed", stage.seed());
    return new StageWork(stage.name(), begun.time(), inputs, files, known);
  }

  private Optional<Manifest> find(String actionKey) throws IOException {
    return actionKey.isEmpty() ? Optional.empty() : store.find(actionKey);
  }
}
