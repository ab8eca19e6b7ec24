package partita.pipelines.dag;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import partita.pipelines.dag.PlannedStage.Estimate;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.transforms.shard.Execution;

/** Asks the store what exists and says of each stage what a run would do with it, and why. */
public final class Planner {
  private final ArtifactStore store;
  private final Execution execution;
  private final boolean rehash;

  /**
   * @param store holds the artifacts
   * @param execution device and threads, part of the keys
   * @param rehash read all raw inputs again instead of trusting their modification times
   */
  public Planner(ArtifactStore store, Execution execution, boolean rehash) {
    this.store = store;
    this.execution = execution;
    this.rehash = rehash;
  }

  /**
   * The plan of a run with this selection. Nothing is written but remembered digests of raw inputs.
   *
   * @throws BadInputException when a selected stage reads one that is stale and left out
   */
  public Plan plan(StageGraph graph, Selection selection) throws IOException {
    Set<String> forced = selection.forced(graph);
    StageKeys keys = StageKeys.of(graph, store, execution, new RawDigests(store, rehash), forced);
    return plan(graph, keys, selection.names(graph));
  }

  Plan plan(StageGraph graph, StageKeys keys, Set<String> selected) throws IOException {
    Resolution resolution = new Resolution(keys, selected);
    for (Stage stage : graph.stages()) {
      resolution.add(stage);
    }
    return new Plan(graph.experiment(), resolution.planned);
  }

  /** Walks the graph, inputs first. */
  private final class Resolution {
    private final StageKeys keys;
    private final Set<String> selected;
    private final List<PlannedStage> planned = new ArrayList<>();
    private final Map<String, PlanState> states = new HashMap<>();
    private final Map<String, Manifest> artifacts = new HashMap<>();
    private List<Manifest> committed = List.of();
    private boolean listed;

    Resolution(StageKeys keys, Set<String> selected) {
      this.keys = keys;
      this.selected = selected;
    }

    void add(Stage stage) throws IOException {
      Map<String, Manifest> inputs = new HashMap<>();
      List<String> unresolved = new ArrayList<>();
      stage
          .inputs()
          .forEach(
              (name, input) -> {
                if (artifacts.containsKey(input.name())) {
                  inputs.put(name, artifacts.get(input.name()));
                } else {
                  unresolved.add(input.name());
                }
              });
      if (unresolved.isEmpty()) {
        addResolved(stage, inputs);
      } else {
        addUnresolved(stage, inputs, unresolved);
      }
    }

    private void addResolved(Stage stage, Map<String, Manifest> inputs) throws IOException {
      String action = keys.action(stage, inputs);
      Optional<Manifest> artifact = store.find(action);
      if (artifact.isPresent()) {
        artifacts.put(stage.name(), artifact.get());
        append(stage, PlanState.CACHED, "", action, estimate(artifact));
        return;
      }
      StaleReason reason = reason(stage, inputs);
      String text = reason.differences().isEmpty() ? lost(reason) : reason.text();
      appendStale(stage, PlanState.WILL_RUN, text, estimate(reason.nearest()));
    }

    private void addUnresolved(Stage stage, Map<String, Manifest> inputs, List<String> unresolved)
        throws IOException {
      requireComplete(stage, unresolved);
      StaleReason reason = reason(stage, inputs);
      if (reason.differences().isEmpty()) {
        String text = "runs if %s comes out different".formatted(String.join(" or ", unresolved));
        appendStale(stage, PlanState.DEPENDS, text, estimate(reason.nearest()));
      } else {
        appendStale(stage, PlanState.WILL_RUN, reason.text(), estimate(reason.nearest()));
      }
    }

    private void requireComplete(Stage stage, List<String> unresolved) {
      for (String input : unresolved) {
        if (selected.contains(stage.name()) && states.get(input) == PlanState.LEFT_OUT) {
          throw new BadInputException(
              "Cannot run %s: it reads %s, which is not up to date and is left out; select %s too"
                  .formatted(stage.name(), input, input));
        }
      }
    }

    private void appendStale(Stage stage, PlanState state, String reason, Estimate estimate) {
      boolean runs = selected.contains(stage.name());
      append(stage, runs ? state : PlanState.LEFT_OUT, reason, "", estimate);
    }

    private void append(
        Stage stage, PlanState state, String reason, String action, Estimate estimate) {
      states.put(stage.name(), state);
      planned.add(new PlannedStage(stage, state, reason, keys.recipe(stage), action, estimate));
    }

    private StaleReason reason(Stage stage, Map<String, Manifest> inputs) throws IOException {
      if (!listed) {
        committed = store.manifests();
        listed = true;
      }
      return StaleReason.of(keys.identity(stage), StageKeys.digests(inputs), committed);
    }

    private String lost(StaleReason reason) {
      for (FileEntry file : reason.nearest().orElseThrow().files()) {
        try {
          store.blob(file);
        } catch (IOException missing) {
          return "its file %s is gone from the store".formatted(file.name());
        }
      }
      return "its artifact is gone from the store";
    }
  }

  private static Estimate estimate(Optional<Manifest> artifact) {
    return artifact
        .map(
            manifest ->
                new Estimate(
                    manifest.provenance().seconds(),
                    manifest.files().stream().mapToLong(FileEntry::bytes).sum()))
        .orElse(Estimate.UNKNOWN);
  }
}
