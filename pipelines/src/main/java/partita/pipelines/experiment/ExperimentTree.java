package partita.pipelines.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.BadInputException;

/** The keys and values of an experiment before they are typed: YAML text, parents and overrides. */
final class ExperimentTree {
  // Of a key that stands twice, the first value would be dropped without a word.
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Key of a section whose value says which other keys there are. */
  private static final String KIND = "network";

  private ExperimentTree() {}

  /** Parses one file; {@code where}, as {@code experiment mine.yaml}, is named in errors. */
  static ObjectNode parse(String text, String where) {
    try {
      JsonNode tree = YAML.readTree(text);
      if (tree instanceof ObjectNode object) {
        return object;
      }
      throw new BadInputException(
          "Cannot read " + where + ": expected keys and values at the top level");
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          "Cannot read %s: %s at line %d"
              .formatted(where, e.getOriginalMessage(), e.getLocation().getLineNr()),
          e);
    }
  }

  /**
   * The child laid over the parent, key by key; lists and scalars are replaced whole, and so is a
   * section for which the child names another {@code network}, for its other keys then mean
   * nothing.
   */
  static ObjectNode merge(ObjectNode parent, ObjectNode child) {
    if (isOfOtherKind(parent.get(KIND), child.get(KIND))) {
      return child;
    }
    ObjectNode merged = parent.deepCopy();
    for (Iterator<Map.Entry<String, JsonNode>> it = child.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      if (entry.getValue() instanceof ObjectNode inner
          && merged.get(entry.getKey()) instanceof ObjectNode outer) {
        merged.set(entry.getKey(), merge(outer, inner));
      } else {
        merged.set(entry.getKey(), entry.getValue());
      }
    }
    return merged;
  }

  private static boolean isOfOtherKind(@Nullable JsonNode parent, @Nullable JsonNode child) {
    return parent != null
        && child != null
        && parent.isTextual()
        && child.isTextual()
        && !parent.equals(child);
  }

  /**
   * The tree with {@code train.batchSize=64} and the like laid over it, the last of a key. Values
   * are read as YAML.
   */
  static ObjectNode override(ObjectNode tree, List<String> overrides) {
    ObjectNode laid = YAML.createObjectNode();
    for (String override : overrides) {
      int equals = override.indexOf('=');
      if (equals < 1) {
        throw new BadInputException(
            "Cannot apply --set=" + override + ": expected key=value, as in train.batchSize=64");
      }
      String[] path = override.substring(0, equals).split("\\.", -1);
      ObjectNode node = laid;
      for (int i = 0; i < path.length - 1; i++) {
        node = node.get(path[i]) instanceof ObjectNode inner ? inner : node.putObject(path[i]);
      }
      node.set(path[path.length - 1], value(override, override.substring(equals + 1)));
    }
    return merge(tree, laid);
  }

  private static JsonNode value(String override, String text) {
    try {
      JsonNode value = YAML.readTree(text);
      return value.isMissingNode() ? YAML.getNodeFactory().textNode("") : value;
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          "Cannot apply --set=" + override + ": the value is not valid YAML", e);
    }
  }
}
