package partita.pipelines.dag;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.Sha256;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardResult;

/**
 * Runs a stage again under the key of the artifact that is there, in scratch of its own, and
 * compares what comes out. Nothing is committed; files that came out otherwise are left to garbage
 * collection.
 */
public final class Rerun {
  private final ArtifactStore store;
  private final Execution execution;
  private final RunListener listener;
  private final StopRequest stop;
  private final boolean rehash;

  /**
   * @param store holds the artifacts
   * @param execution device and threads, part of the keys
   * @param listener hears how it goes
   * @param stop asks it to end early, from any thread
   * @param rehash read all raw inputs again instead of trusting their modification times
   */
  public Rerun(
      ArtifactStore store,
      Execution execution,
      RunListener listener,
      StopRequest stop,
      boolean rehash) {
    this.store = store;
    this.execution = execution;
    this.listener = listener;
    this.stop = stop;
    this.rehash = rehash;
  }

  /** The outcome of one time, and what is known of the stage by then. */
  public record Outcome(Determinism.Check check, Determinism known) {

    /** Whether all bits are the same. */
    public boolean same() {
      return check.same();
    }
  }

  /**
   * Runs a stage again.
   *
   * @param parallelism how many shards the launcher runs side by side, for the record
   * @throws BadInputException when the stage is not up to date
   * @throws InterruptedException when it was asked to stop
   * @throws IOException when the stage failed
   */
  public Outcome check(StageGraph graph, String stage, int parallelism, StageLauncher launcher)
      throws IOException, InterruptedException {
    String runId = Executor.newRunId();
    try (RunsAtWork.Presence presence = new RunsAtWork(store).enter(runId)) {
      RawDigests rawDigests = new RawDigests(store, rehash);
      StageKeys keys = StageKeys.of(graph, store, execution, rawDigests, Set.of());
      StageRunner runner =
          new StageRunner(store, execution, launcher, listener, rawDigests, keys, runId, stop);
      Map<String, Manifest> artifacts = artifacts(graph, keys);
      Manifest made = artifacts.get(stage);
      if (made == null) {
        throw new BadInputException(
            "Cannot run %s again: it is not up to date with these settings; run it first"
                .formatted(stage));
      }
      Map<String, Manifest> inputs = new HashMap<>();
      graph
          .stage(stage)
          .inputs()
          .forEach((name, input) -> inputs.put(name, artifacts.get(input.name())));
      requireWhole(made);
      listener.stageStarted(stage, 1, 1, "again at parallelism " + parallelism);
      Instant began = Instant.now();
      ShardResult result = run(runner, graph.stage(stage), "rerun-" + runId, inputs);
      double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
      Determinism.Check check =
          new Determinism.Check(
              parallelism, differences(made, result), seconds, Instant.now().toString());
      Determinism known = Determinism.of(store, made);
      return new Outcome(check, known.add(store, check));
    }
  }

  /** Running again puts equal files over damaged ones, which must not be passed over in silence. */
  private void requireWhole(Manifest made) throws IOException {
    for (FileEntry file : made.files()) {
      if (!Sha256.of(store.blob(file)).equals(file.sha256())) {
        throw new BadInputException(
            "Cannot run %s again: file %s of its artifact %s is damaged; evict it and run"
                .formatted(made.stage(), file.name(), made.actionKey()));
      }
    }
  }

  private Map<String, Manifest> artifacts(StageGraph graph, StageKeys keys) throws IOException {
    Map<String, Manifest> artifacts = new HashMap<>();
    for (Stage stage : graph.stages()) {
      Map<String, Manifest> inputs = new HashMap<>();
      stage
          .inputs()
          .forEach(
              (name, input) ->
                  Optional.ofNullable(artifacts.get(input.name()))
                      .ifPresent(artifact -> inputs.put(name, artifact)));
      if (inputs.size() == stage.inputs().size()) {
        store
            .use(keys.action(stage, inputs))
            .ifPresent(artifact -> artifacts.put(stage.name(), artifact));
      }
    }
    return artifacts;
  }

  private ShardResult run(
      StageRunner runner, Stage stage, String scratch, Map<String, Manifest> inputs)
      throws IOException, InterruptedException {
    try {
      return runner.launch(stage, scratch, inputs, (of, kind, message, values) -> {});
    } catch (Exception e) {
      if (stop.made()) {
        InterruptedException stopped = new InterruptedException("stopped on request");
        stopped.initCause(e);
        throw stopped;
      }
      listener.stageFailed(stage.name(), e);
      throw new IOException(
          "Cannot run %s again: %s".formatted(stage.name(), RootMessage.of(e)), e);
    } finally {
      store.work(scratch).clear();
    }
  }

  /** Files and facts that one of the two lacks, or has otherwise. */
  private static List<String> differences(Manifest made, ShardResult result) {
    Map<String, String> before = new TreeMap<>();
    made.files().forEach(file -> before.put(file.name(), file.sha256()));
    made.facts().forEach((fact, value) -> before.put("fact " + fact, value));
    Map<String, String> after = new TreeMap<>();
    for (FileEntry file : result.files()) {
      after.put(file.name(), file.sha256());
    }
    result.counts().forEach((fact, count) -> after.put("fact " + fact, Long.toString(count)));
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      if (!before.getOrDefault(name, "").equals(after.get(name))) {
        differences.add(name);
      }
    }
    return differences;
  }
}
