package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.network.Condition;
import partita.models.op.ChannelsLast;

/**
 * A generator of images: a linear layer makes a small square map of z and the label's embedding,
 * convolutions an image of the map. Names of the first layers: {@code get_latent.embedding} and
 * {@code fc}.
 */
abstract class ImageGenerator extends LabelGenerator {
  private final ImageGanConfig config;
  private final int bottom;
  private final List<LabelEmbedding> embedding;
  private final Linear linear;

  /**
   * @param channels channels of the first map
   * @param bottom edge of the first map in pixels
   */
  ImageGenerator(NDManager manager, ImageGanConfig config, int channels, int bottom) {
    super(manager);
    this.config = config;
    this.bottom = bottom;
    int width = config.latentWidth();
    if (config.labels() > 0) {
      embedding =
          List.of(
              child(
                  "get_latent",
                  new LabelEmbedding(manager, config.labels(), ImageGanConfig.EMBEDDING)));
      width += ImageGanConfig.EMBEDDING;
    } else {
      embedding = List.of();
    }
    int size = channels * bottom * bottom;
    linear = child("fc", new Linear(manager, width, size, Weighting.TORCH));
  }

  @Override
  public final NDArray forward(NDArray z, Condition condition, Mode mode) {
    Shape shape = z.getShape();
    if (!shape.equals(new Shape(shape.get(0), config.latentWidth()))) {
      throw new IllegalArgumentException(
          "Cannot generate: z has shape %s, expected (N, %d)"
              .formatted(shape, config.latentWidth()));
    }
    NDArray h = z;
    for (LabelEmbedding layer : embedding) {
      h = layer.forward(z, condition.labels(), mode);
    }
    h = linear.forward(h, mode).reshape(shape.get(0), -1, bottom, bottom);
    return image(ChannelsLast.of(h), mode);
  }

  /** {@code [N, channels, bottom, bottom]} to images. */
  abstract NDArray image(NDArray map, Mode mode);
}
