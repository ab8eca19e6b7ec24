package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import partita.models.random.CounterRandom;

/**
 * A node of a network: named parameters (trained), named buffers (kept beside them: running
 * statistics, power-iteration vectors) and named children. Full names join the path with dots,
 * {@code blocks.0.0.conv1.weight}, as checkpoints of the reference implementations do. A network is
 * a layer with a forward pass of its own.
 *
 * <p>Arrays belong to the manager given at construction and live until it is closed, even when the
 * network was built inside an {@link ai.djl.ndarray.NDScope}. A forward pass creates its results
 * under whatever {@link ai.djl.ndarray.NDScope} the caller holds open: one scope a step.
 */
public abstract class Layer {
  private final NDManager manager;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final Map<String, NDArray> buffers = new LinkedHashMap<>();
  private final Map<String, Initializer> initializers = new LinkedHashMap<>();
  private final Map<String, Layer> children = new LinkedHashMap<>();

  protected Layer(NDManager manager) {
    this.manager = manager;
  }

  /** Declares a trained array; it is zero until {@link #initialize} or {@link #load}. */
  protected final NDArray parameter(String name, Shape shape, Initializer initializer) {
    return declare(parameters, name, shape, initializer);
  }

  /** Declares an array that is kept and saved, but not trained. */
  protected final NDArray buffer(String name, Shape shape, Initializer initializer) {
    return declare(buffers, name, shape, initializer);
  }

  /** Declares a child; its names are prefixed by {@code name} and a dot. */
  protected final <L extends Layer> L child(String name, L layer) {
    if (children.put(name, layer) != null) {
      throw new IllegalArgumentException("Layer declares child " + name + " twice");
    }
    return layer;
  }

  /** Manager that owns the arrays of this network. */
  public final NDManager manager() {
    return manager;
  }

  /** All trained arrays by full name, in order of declaration. */
  public final Map<String, NDArray> parameters() {
    Map<String, NDArray> found = new LinkedHashMap<>();
    visit(
        "",
        (name, layer) -> layer.parameters.forEach((own, array) -> found.put(name + own, array)));
    return found;
  }

  /** All buffers by full name, in order of declaration. */
  public final Map<String, NDArray> buffers() {
    Map<String, NDArray> found = new LinkedHashMap<>();
    visit("", (name, layer) -> layer.buffers.forEach((own, array) -> found.put(name + own, array)));
    return found;
  }

  /** Number of trained values. */
  public final long parameterCount() {
    return parameters().values().stream().mapToLong(array -> array.getShape().size()).sum();
  }

  /** Sets every array to its first value, a function of {@code seed} and the array's full name. */
  public final void initialize(long seed) {
    visit(
        "",
        (prefix, layer) ->
            layer.initializers.forEach(
                (name, initializer) -> {
                  NDArray target = layer.array(name);
                  CounterRandom random = new CounterRandom(seed, prefix + name);
                  try (NDManager scratch = manager.newSubManager();
                      NDArray first = initializer.create(scratch, target.getShape(), random)) {
                    first.copyTo(target);
                  }
                }));
  }

  /**
   * Copies values into every parameter and buffer. Names and shapes must be exactly this network's;
   * an error names the first that is missing, unexpected or of another shape.
   */
  public final void load(Map<String, NDArray> values) {
    Map<String, NDArray> targets = parameters();
    targets.putAll(buffers());
    TreeSet<String> missing = new TreeSet<>(targets.keySet());
    missing.removeAll(values.keySet());
    TreeSet<String> unexpected = new TreeSet<>(values.keySet());
    unexpected.removeAll(targets.keySet());
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot load weights into %s: missing %s, unexpected %s"
              .formatted(getClass().getSimpleName(), missing, unexpected));
    }
    targets.forEach((name, target) -> copy(name, values.get(name), target));
  }

  private void copy(String name, NDArray value, NDArray target) {
    if (!value.getShape().equals(target.getShape())) {
      throw new IllegalArgumentException(
          "Cannot load %s into %s: found shape %s, expected %s"
              .formatted(name, getClass().getSimpleName(), value.getShape(), target.getShape()));
    }
    value.copyTo(target);
  }

  private NDArray declare(
      Map<String, NDArray> kind, String name, Shape shape, Initializer initializer) {
    NDArray array = manager.zeros(shape);
    NDScope.unregister(array);
    if (initializers.put(name, initializer) != null) {
      throw new IllegalArgumentException("Layer declares array " + name + " twice");
    }
    kind.put(name, array);
    return array;
  }

  private NDArray array(String name) {
    NDArray parameter = parameters.get(name);
    return parameter != null ? parameter : buffers.get(name);
  }

  private void visit(String prefix, Visitor visitor) {
    visitor.visit(prefix, this);
    children.forEach((name, layer) -> layer.visit(prefix + name + ".", visitor));
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(String prefix, Layer layer);
  }
}
