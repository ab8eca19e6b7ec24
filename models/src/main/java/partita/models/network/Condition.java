package partita.models.network;

import ai.djl.ndarray.NDArray;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a batch of images is conditioned on: any of several parts, each with one row an image.
 *
 * @param parts the arrays by part; all have the same first dimension
 */
public record Condition(Map<Part, NDArray> parts) {
  /** Nothing: an unconditional network. */
  public static final Condition NONE = new Condition(Map.of());

  /** The kinds of conditioning. */
  public enum Part {
    /** Class of each image: int64 {@code [N]}. */
    LABEL,
    /** Features of the conditioning instance: float32 {@code [N, width]}, of any length. */
    FEATURE
  }

  public Condition {
    parts = Map.copyOf(parts);
    if (parts.values().stream().mapToLong(part -> part.getShape().get(0)).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "Cannot build condition: its parts have different numbers of rows: " + parts);
    }
  }

  /** The same with labels, int64 {@code [N]}. */
  public Condition withLabels(NDArray labels) {
    return with(Part.LABEL, labels);
  }

  /** The same with features of instances, float32 {@code [N, width]}. */
  public Condition withFeatures(NDArray features) {
    return with(Part.FEATURE, features);
  }

  public NDArray labels() {
    return get(Part.LABEL);
  }

  /**
   * The features, each scaled to Euclidean length 1 (the reference conditions on the unit sphere).
   */
  public NDArray unitFeatures() {
    return get(Part.FEATURE).normalize(2, 1);
  }

  /** The rows of this condition followed by those of {@code other}, which has the same parts. */
  public Condition concat(Condition other) {
    if (!parts.keySet().equals(other.parts.keySet())) {
      throw new IllegalArgumentException(
          "Cannot join conditions: found parts %s and %s, expected the same in both"
              .formatted(parts.keySet(), other.parts.keySet()));
    }
    Map<Part, NDArray> joined = new EnumMap<>(Part.class);
    parts.forEach((part, array) -> joined.put(part, array.concat(other.get(part))));
    return new Condition(joined);
  }

  private Condition with(Part part, NDArray array) {
    Map<Part, NDArray> extended = new EnumMap<>(Part.class);
    extended.putAll(parts);
    extended.put(part, array);
    return new Condition(extended);
  }

  private NDArray get(Part part) {
    NDArray array = parts.get(part);
    if (array == null) {
      throw new IllegalArgumentException(
          "Cannot condition on %s: the condition has only %s; supply it or build the network without"
              .formatted(part, parts.keySet()));
    }
    return array;
  }
}
