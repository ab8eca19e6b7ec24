package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import partita.models.layer.Layer;
import partita.models.layer.Scoped;
import partita.models.op.ChannelsLast;

/**
 * A network whose weights others trained: evaluated, never trained. It is a row of steps; their
 * outputs are its named layers, and the last one gives the class scores if the network has classes.
 * The names are those of torchvision's modules, and so are those of the arrays.
 */
public abstract class PretrainedNetwork extends Layer {
  private static final int COLORS = 3;

  private final int classes;
  private final List<Step> steps = new ArrayList<>();

  private record Step(List<String> names, int channels, UnaryOperator<NDArray> operation) {}

  /**
   * @param classes number of class scores, 0 for a network that ends with its features
   */
  PretrainedNetwork(NDManager manager, int classes) {
    super(manager);
    this.classes = classes;
  }

  /**
   * Adds a step.
   *
   * @param channels of its output, {@code [N, channels, H, W]} or {@code [N, channels]}
   * @param operation gives a new array; what else it makes is closed after it
   */
  final void step(String name, int channels, UnaryOperator<NDArray> operation) {
    steps.add(new Step(new ArrayList<>(List.of(name)), channels, operation));
  }

  /** Gives the output of the last step so far another name. */
  final void alias(String name) {
    steps.get(steps.size() - 1).names().add(name);
  }

  /** Number of class scores, 0 if it gives none. */
  public final int classes() {
    return classes;
  }

  /** Named layers from input to output, with the number of channels of each. */
  public final Map<String, Integer> layers() {
    Map<String, Integer> layers = new LinkedHashMap<>();
    steps.forEach(step -> step.names().forEach(name -> layers.put(name, step.channels())));
    return layers;
  }

  /**
   * Evaluates a batch; arrays that the tap does not want are freed as soon as they were used.
   *
   * @param images float32 {@code [N, 3, H, W]}, normalized as the weights' training did
   * @return class scores before the softmax {@code [N, classes]}, none for a network without
   *     classes
   */
  public final Optional<NDArray> forward(NDArray images, Tap tap) {
    Shape shape = images.getShape();
    if (shape.dimension() != 4 || shape.get(1) != COLORS) {
      throw new IllegalArgumentException(
          "Cannot evaluate %s: images have shape %s, expected (N, 3, H, W)"
              .formatted(getClass().getSimpleName(), shape));
    }
    NDArray h = ChannelsLast.of(images);
    for (Step step : steps) {
      NDArray input = h;
      h = Scoped.of(() -> step.operation().apply(input));
      release(input, tap);
      for (String name : step.names()) {
        tap.see(name, h);
      }
    }
    if (classes > 0) {
      return Optional.of(h);
    }
    release(h, tap);
    return Optional.empty();
  }

  private static void release(NDArray used, Tap tap) {
    if (!tap.keeps(used)) {
      used.close();
    }
  }
}
