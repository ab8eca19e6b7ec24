package partita.pipelines.dag;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.Manifest.Provenance;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.StageRun;

/** Runs one stale stage under its lease and commits its artifact. */
final class StageRunner {
  private final ArtifactStore store;
  private final Execution execution;
  private final StageLauncher launcher;
  private final RunListener listener;
  private final RawDigests rawDigests;
  private final StageKeys keys;
  private final String runId;
  private final StopRequest stop;

  StageRunner(
      ArtifactStore store,
      Execution execution,
      StageLauncher launcher,
      RunListener listener,
      RawDigests rawDigests,
      StageKeys keys,
      String runId,
      StopRequest stop) {
    this.store = store;
    this.execution = execution;
    this.launcher = launcher;
    this.listener = listener;
    this.rawDigests = rawDigests;
    this.keys = keys;
    this.runId = runId;
    this.stop = stop;
  }

  /**
   * How a stage ended.
   *
   * @param artifact its artifact when it has one
   * @param seconds wall-clock time of this run
   */
  record Outcome(StageStatus status, String message, double seconds, Optional<Manifest> artifact) {}

  /** Runs the stage; failures are told by the outcome. */
  Outcome run(Stage stage, String action, Map<String, Manifest> inputs, RunLog log) {
    Instant began = Instant.now();
    try (ArtifactStore.Lease lease =
        store.lease(action, () -> listener.stageWaiting(stage.name()))) {
      Optional<Manifest> meanwhile = store.use(action);
      if (meanwhile.isPresent()) {
        store.bind(keys.recipe(stage), action);
        return new Outcome(StageStatus.CACHED, "made by another run", seconds(began), meanwhile);
      }
      Manifest made = make(stage, action, inputs, log, began);
      return new Outcome(StageStatus.RAN, "", seconds(began), Optional.of(made));
    } catch (Exception e) {
      return failed(stage, e, seconds(began));
    }
  }

  private Outcome failed(Stage stage, Exception failure, double seconds) {
    if (stop.made()) {
      return new Outcome(StageStatus.INTERRUPTED, "stopped on request", seconds, Optional.empty());
    }
    listener.stageFailed(stage.name(), failure);
    String message = RootMessage.of(failure);
    String named =
        message.startsWith("Stage ") ? message : "Stage %s: %s".formatted(stage.name(), message);
    return new Outcome(StageStatus.FAILED, named, seconds, Optional.empty());
  }

  private Manifest make(
      Stage stage, String action, Map<String, Manifest> inputs, RunLog log, Instant began)
      throws Exception {
    ShardResult result = launch(stage, action, inputs, log::event);
    Manifest made = store.commit(manifest(stage, action, inputs, result, seconds(began)));
    store.work(action).clear();
    return made;
  }

  /**
   * Runs the shards that have no receipt yet in a work area.
   *
   * @param area action, or another name for scratch of its own
   */
  ShardResult launch(Stage stage, String area, Map<String, Manifest> inputs, ProgressPoller.Log log)
      throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    stage.files().forEach((name, raw) -> files.put(name, raw.path().toAbsolutePath().toString()));
    ShardInputs shardInputs = new ShardInputs(inputs, files);
    StageRun run =
        new StageRun(
            stage.name(),
            ArtifactStores.absolute(store.root()),
            area,
            shardInputs,
            execution,
            stage.seed(),
            stage.task().shards(shardInputs));
    WorkArea work = store.work(area);
    stop.begin(work);
    WorkerGuard guard = WorkerGuard.of(stage.task(), keys.identity(stage).numerics(), run);
    guard.mark(work);
    try (ProgressPoller poller = new ProgressPoller(new ProgressWatch(run, work), listener, log)) {
      return launcher.launch(guard, run, store);
    } finally {
      stop.end();
      requireUnchanged(
          stage, work); // after a failure too: what was written would be taken for done
    }
  }

  private void requireUnchanged(Stage stage, WorkArea work) throws IOException {
    for (Map.Entry<String, RawInput> file : stage.files().entrySet()) {
      String before = keys.identity(stage).raw().get(file.getKey());
      if (!rawDigests.of(file.getValue()).equals(before)) {
        work.clear(); // what the shards wrote belongs to neither the old nor the new content
        throw new IOException(
            "Cannot commit stage %s: its input %s changed while it ran; run it again"
                .formatted(stage.name(), file.getValue().path()));
      }
    }
  }

  private Manifest manifest(
      Stage stage,
      String action,
      Map<String, Manifest> inputs,
      ShardResult result,
      double seconds) {
    StageIdentity identity = keys.identity(stage);
    SortedMap<String, String> digests = StageKeys.digests(inputs);
    digests.putAll(identity.raw());
    SortedMap<String, String> actions = new TreeMap<>();
    inputs.forEach((name, input) -> actions.put(name, input.actionKey()));
    SortedMap<String, String> facts = new TreeMap<>();
    result.counts().forEach((name, count) -> facts.put(name, Long.toString(count)));
    String engine = stage.task().numeric() ? NumericsFingerprint.engine() : "none";
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        stage.name(),
        action,
        keys.recipe(stage),
        identity.parameters(),
        stage.seed(),
        identity.code(),
        identity.numerics(),
        identity.salt(),
        digests,
        actions,
        result.files(),
        facts,
        new Provenance(runId, Instant.now().toString(), seconds, engine));
  }

  private static double seconds(Instant began) {
    return Duration.between(began, Instant.now()).toMillis() / 1000.0;
  }
}
