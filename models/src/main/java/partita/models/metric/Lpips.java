package partita.models.metric;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import partita.models.op.TorchScript;

/**
 * Learned perceptual image patch similarity, version 0.1 (Zhang et al., "The unreasonable
 * effectiveness of deep features as a perceptual metric", CVPR 2018, equation 1; reference: {@code
 * lpips/lpips.py} of richzhang/PerceptualSimilarity). For each tapped layer l: {@code d(x, y) =
 * sum_l 1/(H_l W_l) sum_hw sum_c w_lc (x'_lchw - y'_lchw)^2}, where {@code x' = x / (|x| + 1e-10)}
 * over the channels of a position and {@code w} are the learned, non-negative weights of a 1x1
 * convolution without bias. Float64 over given maps.
 *
 * <p>The layers are those after five ReLUs (AlexNet, VGG16) or seven (SqueezeNet 1.1); networks and
 * weights are the caller's. Uses: {@link PairedDistance}, {@link PerceptualDiversity} and {@link
 * InstanceDiversity}.
 */
public final class Lpips {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def unit(self: __torch__.Ops, maps: Tensor, eps: float) -> Tensor:
              wide = torch.to(maps, 7)
              norm = torch.sqrt(torch.sum(torch.square(wide), [1], True))
              return torch.div(wide, torch.add(norm, eps))
          """);

  private static final double EPSILON = 1e-10;
  private static final float[] SHIFT = {-.030f, -.088f, -.188f};
  private static final float[] SCALE = {.458f, .448f, .450f};

  private Lpips() {}

  /**
   * What the network is given: {@code (x - shift) / scale} by channel.
   *
   * @param images {@code [N, 3, H, W]}, RGB in [-1, 1]
   * @return the same shape, owned by the images' manager
   */
  public static NDArray input(NDArray images) {
    Shape shape = images.getShape();
    if (shape.dimension() != 4 || shape.get(1) != SHIFT.length) {
      throw new IllegalArgumentException(
          "Cannot compare images of shape %s: expected [N, 3, H, W]".formatted(shape));
    }
    NDManager manager = images.getManager();
    try (NDArray shift = manager.create(SHIFT, new Shape(1, 3, 1, 1));
        NDArray scale = manager.create(SCALE, new Shape(1, 3, 1, 1));
        NDArray shifted = images.sub(shift)) {
      return shifted.div(scale);
    }
  }

  /**
   * Distance of each pair of images.
   *
   * @param first maps of the first images, one layer an entry, {@code [N, C_l, H_l, W_l]}
   * @param second maps of the second images, of the same shapes
   * @param weights one layer an entry, {@code C_l} values in any shape
   * @return {@code [N]}, at least 0
   * @throws IllegalArgumentException when the layers do not fit each other or a distance is not
   *     finite; names the layer or the pair
   */
  public static double[] distances(
      List<NDArray> first, List<NDArray> second, List<NDArray> weights) {
    if (first.isEmpty() || first.size() != second.size() || first.size() != weights.size()) {
      throw new IllegalArgumentException(
          "Cannot compare maps: found %d and %d layers and weights of %d, expected as many and at least one"
              .formatted(first.size(), second.size(), weights.size()));
    }
    double[] distances = new double[(int) first.get(0).getShape().get(0)];
    for (int layer = 0; layer < first.size(); layer++) {
      requireShapes(layer, first.get(layer), second.get(layer), weights.get(layer), distances);
      double[] found = layer(first.get(layer), second.get(layer), weights.get(layer));
      for (int pair = 0; pair < distances.length; pair++) {
        distances[pair] += found[pair];
      }
    }
    for (int pair = 0; pair < distances.length; pair++) {
      if (!Double.isFinite(distances[pair])) {
        throw new IllegalArgumentException(
            "Cannot compare pair %d: its distance is %s, expected finite numbers; check its images and the network's weights"
                .formatted(pair, distances[pair]));
      }
    }
    return distances;
  }

  private static void requireShapes(
      int layer, NDArray first, NDArray second, NDArray weights, double[] distances) {
    Shape shape = first.getShape();
    if (shape.dimension() != 4
        || shape.size() == 0
        || !shape.equals(second.getShape())
        || shape.get(0) != distances.length
        || weights.size() != shape.get(1)) {
      throw new IllegalArgumentException(
          "Cannot compare maps of layer %d: found %s and %s with %d weights, expected two equal [%d, C, H, W] and C weights"
              .formatted(layer, shape, second.getShape(), weights.size(), distances.length));
    }
  }

  private static double[] layer(NDArray first, NDArray second, NDArray weights) {
    try (NDManager scope = first.getManager().newSubManager()) {
      scope.tempAttachAll(new NDList(first, second, weights));
      NDArray weight =
          weights.toType(DataType.FLOAT64, true).reshape(1, first.getShape().get(1), 1, 1);
      NDArray difference = unit(first).subi(unit(second));
      NDArray weighted = difference.square().muli(weight);
      NDArray positions = weighted.sum(new int[] {1});
      return positions.reshape(positions.getShape().get(0), -1).mean(new int[] {1}).toDoubleArray();
    }
  }

  private static NDArray unit(NDArray maps) {
    return OPS.run(maps.getManager(), "unit", maps, EPSILON);
  }
}
