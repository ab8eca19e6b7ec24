package partita.pipelines.dag;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.transforms.shard.Execution;

/**
 * Brings a graph up to date, stage after stage. A stage whose artifact exists is left alone; one
 * whose inputs came out unchanged takes the artifact that is there; any other runs and commits. The
 * first failure ends the run.
 */
public final class Executor {
  /** Runs of one second stay in order: the latest is the last by name. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private final ArtifactStore store;
  private final Execution execution;
  private final StageLauncher launcher;
  private final RunListener listener;
  private final boolean rehash;
  private final StopRequest stop;

  /**
   * @param store holds the artifacts
   * @param execution device and threads, part of the keys, and the checkpoint interval
   * @param launcher runs the shards of a stale stage
   * @param listener hears how it goes
   * @param stop asks the run to end early, from any thread
   * @param rehash read all raw inputs again instead of trusting their modification times
   */
  public Executor(
      ArtifactStore store,
      Execution execution,
      StageLauncher launcher,
      RunListener listener,
      StopRequest stop,
      boolean rehash) {
    this.store = store;
    this.execution = execution;
    this.launcher = launcher;
    this.listener = listener;
    this.stop = stop;
    this.rehash = rehash;
  }

  /**
   * Runs what is stale. Failures of stages are in the record that is returned.
   *
   * @throws BadInputException before anything ran, when the selection or a raw input cannot be used
   */
  public RunRecord run(StageGraph graph, RunRequest request) throws IOException {
    String runId = newRunId();
    // Before the first look at the store: from here on nothing that is found may be removed.
    try (RunsAtWork.Presence presence = new RunsAtWork(store).enter(runId)) {
      return run(graph, request, runId);
    }
  }

  private RunRecord run(StageGraph graph, RunRequest request, String runId) throws IOException {
    Set<String> selected = request.selection().names(graph);
    RawDigests rawDigests = new RawDigests(store, rehash);
    Set<String> forced = request.selection().forced(graph);
    StageKeys keys = StageKeys.of(graph, store, execution, rawDigests, forced);
    Plan plan = new Planner(store, execution, rehash).plan(graph, keys, selected);
    SaltGenerations salts = new SaltGenerations(store.refs(), graph.experiment());
    for (String stage : forced) {
      salts.bump(stage);
    }
    listener.planned(runId, store.run(runId), plan);
    StageRunner runner =
        new StageRunner(store, execution, launcher, listener, rawDigests, keys, runId, stop);
    RunHistory history = new RunHistory(store);
    try (RunLog log = RunLog.open(store.run(runId), runId, request, plan)) {
      if (plan.stale()) {
        history.note(log.now());
      }
      RunRecord record = new Walk(runner, keys, selected, plan, log, history).run();
      if (plan.stale()) {
        history.note(record);
      } else {
        history.noteIdle(record);
      }
      listener.runEnded(record);
      return record;
    }
  }

  static String newRunId() {
    int suffix = new SecureRandom().nextInt(1 << 16);
    return TIME.format(Instant.now()) + "-%04x".formatted(suffix);
  }

  /** One pass over the stages of a plan. */
  private final class Walk {
    private final StageRunner runner;
    private final StageKeys keys;
    private final Set<String> selected;
    private final Plan plan;
    private final RunLog log;
    private final RunHistory history;
    private final Map<String, Manifest> artifacts = new HashMap<>();

    Walk(
        StageRunner runner,
        StageKeys keys,
        Set<String> selected,
        Plan plan,
        RunLog log,
        RunHistory history) {
      this.runner = runner;
      this.keys = keys;
      this.selected = selected;
      this.plan = plan;
      this.log = log;
      this.history = history;
    }

    RunRecord run() throws IOException {
      int index = 0;
      for (PlannedStage planned : plan.stages()) {
        index++;
        Stage stage = planned.stage();
        Map<String, Manifest> inputs = inputs(stage);
        if (inputs.size() < stage.inputs().size() || !turnTo(planned, inputs, index)) {
          continue;
        }
        StageRecord ended = log.stage(stage.name());
        if (ended.status() == StageStatus.FAILED) {
          return log.end("failed", ended.message());
        } else if (ended.status() == StageStatus.INTERRUPTED) {
          return log.end("interrupted", ended.message());
        }
      }
      return log.end("succeeded", "");
    }

    /** The inputs that are there; all of them unless stages were left out. */
    private Map<String, Manifest> inputs(Stage stage) {
      Map<String, Manifest> inputs = new HashMap<>();
      stage
          .inputs()
          .forEach(
              (name, input) -> {
                if (artifacts.containsKey(input.name())) {
                  inputs.put(name, artifacts.get(input.name()));
                }
              });
      return inputs;
    }

    private boolean turnTo(PlannedStage planned, Map<String, Manifest> inputs, int index)
        throws IOException {
      Stage stage = planned.stage();
      String name = stage.name();
      String action = keys.action(stage, inputs);
      Optional<Manifest> found = store.use(action);
      if (found.isPresent()) {
        take(stage, found.get());
        return true;
      }
      if (!selected.contains(name)) {
        return false;
      }
      log.update(name, record -> record.withStart(Instant.now().toString()));
      log.event(name, "stage-started", planned.reason(), Map.of());
      listener.stageStarted(name, index, plan.stages().size(), planned.reason());
      Optional<ResourceMeter> meter =
          launcher.inThisProcess() ? Optional.of(ResourceMeter.start()) : Optional.empty();
      StageRunner.Outcome outcome = runner.run(stage, action, inputs, log);
      if (meter.isPresent() && outcome.status() == StageStatus.RAN) {
        log.event(name, ResourceMeter.EVENT, "", meter.get().read());
      }
      outcome.artifact().ifPresent(artifact -> artifacts.put(name, artifact));
      end(name, outcome.status(), outcome.message(), outcome.seconds(), outcome.artifact());
      history.note(log.now());
      return true;
    }

    private void take(Stage stage, Manifest artifact) throws IOException {
      String recipe = keys.recipe(stage);
      boolean known = store.actionOf(recipe).filter(artifact.actionKey()::equals).isPresent();
      if (!known) {
        store.bind(recipe, artifact.actionKey());
      }
      artifacts.put(stage.name(), artifact);
      end(
          stage.name(),
          known ? StageStatus.CACHED : StageStatus.CUT_OFF,
          "",
          0,
          Optional.of(artifact));
    }

    private void end(
        String name,
        StageStatus status,
        String message,
        double seconds,
        Optional<Manifest> artifact)
        throws IOException {
      StageRecord ended =
          log.update(
              name,
              record -> {
                StageRecord changed = record.with(status, message, seconds);
                return artifact
                    .map(made -> changed.withArtifact(made.actionKey(), made.contentDigest()))
                    .orElse(changed);
              });
      log.event(name, "stage-ended", status.name(), Map.of("seconds", seconds));
      listener.stageEnded(ended);
    }
  }
}
