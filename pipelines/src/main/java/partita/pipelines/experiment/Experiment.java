package partita.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import partita.pipelines.dag.BadInputException;

/** An experiment's keys and values, extensions and overrides applied, ready to be read strictly. */
public final class Experiment {
  private static final YamlFiles FILES = new YamlFiles("experiment", "experiments");

  private final String name;
  private final ObjectNode tree;

  private Experiment(String name, ObjectNode tree) {
    this.name = name;
    this.tree = tree;
  }

  /**
   * Reads an experiment.
   *
   * @param name one that comes with Partita, {@code ic-gan/sprites-32}, or a path to a YAML file
   * @param overrides {@code train.batchSize=64}; the last of a key wins
   * @throws BadInputException when it does not exist or is no YAML
   */
  public static Experiment read(String name, List<String> overrides) throws IOException {
    return new Experiment(name, ExperimentTree.override(FILES.tree(name), overrides));
  }

  /** Name or path, as the user gave it. */
  public String name() {
    return name;
  }

  /** Whether it has a section or key of this name at the top. */
  public boolean has(String key) {
    return tree.hasNonNull(key);
  }

  /** Which system it runs: the value of {@code system}. */
  public String system() {
    JsonNode system = tree.get("system");
    if (system == null || !system.isTextual()) {
      throw new BadInputException(
          "Cannot read experiment " + name + ": missing key 'system', as in 'system: ic-gan'");
    }
    return system.asText();
  }

  /** What its data is: the value of {@code dataset.kind}, empty without one. */
  public String dataset() {
    return tree.at("/dataset/kind").asText();
  }

  /** What its networks are: the value of {@code network.architecture}, empty without one. */
  public String architecture() {
    return tree.at("/network/architecture").asText();
  }

  /**
   * The experiment as a record.
   *
   * @throws BadInputException listing every unknown key, missing key and wrong value
   */
  public <T extends Record> T as(Class<T> type) {
    return RecordBinder.bind(tree, type, "experiment " + name);
  }
}
