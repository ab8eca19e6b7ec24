package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import partita.models.metric.Lpips;
import partita.models.network.AlexNet;
import partita.models.network.Architecture;
import partita.models.network.Features;
import partita.models.network.PretrainedNetwork;
import partita.models.network.SqueezeNet;
import partita.models.network.Vgg;
import partita.models.op.Gradients;
import partita.models.train.ImageSource;
import partita.models.train.PixelBatch;
import partita.models.weights.StoredTensor;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;

/**
 * The distance {@link Lpips} between images, at their own size: a network trained on ImageNet whose
 * ReLUs are compared, and the learned weight of each of their channels.
 */
public final class PerceptualNetwork {
  private static final int COLORS = 3;

  private final PretrainedNetwork network;
  private final List<String> layers;
  private final List<NDArray> weights;

  private PerceptualNetwork(PretrainedNetwork network, List<String> layers, List<NDArray> weights) {
    this.network = network;
    this.layers = layers;
    this.weights = weights;
  }

  /**
   * Reads the learned weights of a network's layers.
   *
   * @param linear file of {@code lpips/weights/v0.1}: {@code lin0.model.1.weight} and so on
   * @throws WeightFileException if they are of another network
   */
  public static PerceptualNetwork open(
      PretrainedNetwork network, Architecture architecture, WeightFile linear) throws IOException {
    List<String> layers = layers(architecture).orElseThrow();
    NDManager manager = network.manager();
    List<NDArray> weights = new ArrayList<>();
    for (StoredTensor tensor : check(linear, network.layers(), layers)) {
      FloatBuffer values = tensor.floats().asFloatBuffer();
      float[] weight = new float[values.remaining()];
      values.get(weight);
      weights.add(manager.create(weight));
    }
    return new PerceptualNetwork(network, layers, weights);
  }

  /** The layers of a network that LPIPS compares, if it is defined for the network. */
  public static Optional<List<String>> layers(Architecture architecture) {
    if (architecture instanceof AlexNet.Config) {
      return Optional.of(names(1, 4, 7, 9, 11));
    } else if (architecture instanceof SqueezeNet.Config) {
      return Optional.of(names(1, 4, 7, 9, 10, 11, 12));
    }
    return architecture instanceof Vgg.Config vgg && vgg.depth() == 16
        ? Optional.of(names(3, 8, 15, 22, 29))
        : Optional.empty();
  }

  /** Shortest side of images of which every one of {@link #layers} has a position. */
  public static int shortestSide(Architecture architecture) {
    if (architecture instanceof AlexNet.Config) {
      return 31;
    }
    return architecture instanceof SqueezeNet.Config ? 17 : 16;
  }

  private static List<String> names(int... numbers) {
    List<String> names = new ArrayList<>();
    for (int number : numbers) {
      names.add("features." + number);
    }
    return names;
  }

  /**
   * The learned weights of layers, their elements still in the file.
   *
   * @param channels of each layer of the network
   * @throws WeightFileException if one is missing or has another number of channels
   */
  public static List<StoredTensor> check(
      WeightFile linear, Map<String, Integer> channels, List<String> layers) throws IOException {
    Map<String, StoredTensor> tensors = linear.tensors();
    List<StoredTensor> found = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      String name = "lin%d.model.1.weight".formatted(i);
      StoredTensor tensor = tensors.get(name);
      int expected = channels.get(layers.get(i));
      if (tensor == null || tensor.elements() != expected) {
        throw new WeightFileException(
            "Cannot use weights %s for LPIPS: %s is %s, expected %d values; choose the v0.1 file of this network"
                .formatted(
                    linear.path(), name, tensor == null ? "missing" : tensor.shape(), expected));
      }
      found.add(tensor);
    }
    return found;
  }

  /**
   * The distances of {@code count} consecutive images of one source to those of the other at the
   * same rows.
   *
   * @return {@code [count]}, at least 0
   */
  public double[] distances(ImageSource first, ImageSource second, long row, int count)
      throws IOException {
    long[] rows = LongStream.range(row, row + count).toArray();
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      return Lpips.distances(maps(color(first, rows)), maps(color(second, rows)), weights);
    }
  }

  /** What the network makes of an image. */
  public PerceptualMaps maps(ImageSource images, long row) throws IOException {
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      return PerceptualMaps.keep(network.manager(), maps(color(images, row)));
    }
  }

  /**
   * What the network makes of a part of an image; what is not seen is 0 in [-1, 1].
   *
   * @param seen 1 for a pixel that is seen and 0 for any other, {@code [H * W]}
   */
  public PerceptualMaps maps(ImageSource images, long row, float[] seen) throws IOException {
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      NDArray mask =
          network.manager().create(seen, new Shape(1, 1, images.height(), images.width()));
      return PerceptualMaps.keep(network.manager(), maps(color(images, row).mul(mask)));
    }
  }

  /** The distance of two images of one size. */
  public double distance(PerceptualMaps first, PerceptualMaps second) {
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      return Lpips.distances(first.layers(), second.layers(), weights)[0];
    }
  }

  private NDArray color(ImageSource images, long... rows) throws IOException {
    NDArray pixels = PixelBatch.load(network.manager(), images, rows, new boolean[rows.length]);
    return images.channels() == 1 ? pixels.repeat(1, COLORS) : pixels;
  }

  private List<NDArray> maps(NDArray color) {
    Features tap = Features.only(layers);
    network.forward(Lpips.input(color), tap);
    return layers.stream().map(tap::of).toList();
  }
}
