package partita.pipelines.dag;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.transforms.shard.ShardTask;

/**
 * One node of the graph: a task that turns committed artifacts into one committed artifact.
 *
 * @param name unique in its graph: {@code ingest}, {@code train@1000}, {@code evaluate@5000.3}; the
 *     part before {@code @} is the family, by which the command line may name all of them
 * @param task the work; its record components are the parameters and its class the root of the code
 * @param seed seed of the stage's randomness
 * @param inputs input name to the stage whose artifact is read, in the order of the names
 * @param files raw input name to what is read from outside the store
 */
public record Stage(
    String name,
    ShardTask task,
    long seed,
    Map<String, Stage> inputs,
    Map<String, RawInput> files) {

  public Stage {
    if (!name.matches("[a-z][a-zA-Z0-9_-]*(@[a-zA-Z0-9_.-]+)?")) {
      throw new IllegalArgumentException(
          "Cannot name a stage '"
              + name
              + "': expected a lower-case word, optionally followed by @ and a round");
    }
    if (!(task instanceof Record)) {
      throw new IllegalArgumentException(
          "Cannot key stage " + name + ": task " + task.getClass().getName() + " is no record");
    }
    inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** A stage that reads artifacts only. */
  public static Stage of(String name, ShardTask task, long seed, Map<String, Stage> inputs) {
    return new Stage(name, task, seed, inputs, Map.of());
  }

  /** The task's parameters as text, as the manifest of its artifact has them. */
  public SortedMap<String, String> parameters() {
    return RecordValues.text((Record) task);
  }

  /** The part of the name before {@code @}. */
  public String family() {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }
}
