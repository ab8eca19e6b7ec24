package partita.pipelines.dag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stages of an experiment in an order in which they can run: every stage after its inputs,
 * otherwise in the order in which the targets and their inputs name them.
 */
public final class StageGraph {
  private final String experiment;
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<String, Integer> parallelism = new LinkedHashMap<>();

  private StageGraph(String experiment) {
    this.experiment = experiment;
  }

  /**
   * Collects the targets and everything they read.
   *
   * @param experiment name of the experiment, {@code ic-gan/sprites-32}
   * @throws IllegalArgumentException when two different stages share a name or a stage reads itself
   */
  public static StageGraph of(String experiment, List<Stage> targets) {
    StageGraph graph = new StageGraph(experiment);
    for (Stage target : targets) {
      graph.add(target, new LinkedHashSet<>());
    }
    return graph;
  }

  /**
   * This graph with bounds of its own for some stages; they change no bit and enter no key.
   *
   * @param most a stage or family to how many of its shards run side by side at most; the last that
   *     names a stage wins
   * @throws BadInputException naming the nearest stage
   */
  public StageGraph withParallelism(Map<String, Long> most) {
    StageGraph bounded = new StageGraph(experiment);
    bounded.stages.putAll(stages);
    most.forEach(
        (pattern, shards) -> {
          if (shards < 1 || shards > Integer.MAX_VALUE) {
            throw new BadInputException(
                "Cannot run %s shards of %s side by side: expected parallelism.%s to be at least 1"
                    .formatted(shards, pattern, pattern));
          }
          matching(pattern).forEach(stage -> bounded.parallelism.put(stage, shards.intValue()));
        });
    return bounded;
  }

  private void add(Stage stage, Set<String> path) {
    Stage known = stages.get(stage.name());
    if (known != null) {
      requireSame(known, stage);
      return;
    }
    if (!path.add(stage.name())) {
      throw new IllegalArgumentException(
          "Cannot order the stages: "
              + stage.name()
              + " reads itself through "
              + String.join(" <- ", path));
    }
    stage.inputs().values().forEach(input -> add(input, path));
    path.remove(stage.name());
    stages.put(stage.name(), stage);
  }

  private static void requireSame(Stage known, Stage stage) {
    if (known != stage && !known.equals(stage)) {
      throw new IllegalArgumentException(
          "Cannot tell two stages apart: both are named "
              + stage.name()
              + ", "
              + known.task()
              + " and "
              + stage.task());
    }
  }

  public String experiment() {
    return experiment;
  }

  /** Stages to how many of their shards run side by side, where the experiment says it. */
  public Map<String, Integer> parallelism() {
    return Map.copyOf(parallelism);
  }

  /** All stages, inputs first. */
  public List<Stage> stages() {
    return List.copyOf(stages.values());
  }

  /** The stage of a name. */
  public Stage stage(String name) {
    Stage stage = stages.get(name);
    if (stage == null) {
      throw NearestName.unknown("stage", name, names());
    }
    return stage;
  }

  /** Names of all stages, inputs first. */
  public List<String> names() {
    return List.copyOf(stages.keySet());
  }

  /** The stages that {@code pattern} names: one by its full name, or all of a family. */
  public List<String> matching(String pattern) {
    List<String> found = new ArrayList<>();
    Set<String> known = new LinkedHashSet<>();
    for (Stage stage : stages.values()) {
      known.add(stage.family());
      known.add(stage.name());
      if (stage.name().equals(pattern) || stage.family().equals(pattern)) {
        found.add(stage.name());
      }
    }
    if (found.isEmpty()) {
      throw NearestName.unknown("stage", pattern, List.copyOf(known));
    }
    return found;
  }
}
