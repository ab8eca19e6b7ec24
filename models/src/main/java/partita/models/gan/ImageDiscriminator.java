package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.network.Condition;
import partita.models.op.ChannelsLast;

/**
 * A discriminator of images: convolutions make a small map, whose values are the features, and
 * {@code fc_out} the logits.
 */
abstract class ImageDiscriminator extends LabelDiscriminator {
  private final ImageGanNetworks networks;
  private final MaskedLogits logits;

  ImageDiscriminator(NDManager manager, ImageGanNetworks networks) {
    super(manager);
    this.networks = networks;
    logits = child("fc_out", new MaskedLogits(manager, networks.featureWidth(), networks.labels()));
  }

  @Override
  public final NDArray features(NDArray x, Mode mode) {
    Shape shape = x.getShape();
    int channels = networks.config().imageChannels();
    int side = networks.resolution();
    int packing = networks.packing();
    if (!shape.equals(new Shape(shape.get(0), channels, side, side))
        || shape.get(0) % packing != 0) {
      throw new IllegalArgumentException(
          "Cannot discriminate: images have shape %s, expected (N, %d, %d, %d) with N a multiple of the packing %d"
              .formatted(shape, channels, side, side, packing));
    }
    return Scoped.of(
        () -> {
          NDArray packs = x.reshape(-1, (long) packing * channels, side, side);
          return map(ChannelsLast.of(packs), mode).reshape(-1, networks.featureWidth());
        });
  }

  @Override
  public final NDArray score(NDArray features, Condition condition, Mode mode) {
    return logits.forward(features, condition, mode);
  }

  /** {@code [P, packing * C, H, W]} to the last map, of {@code featureWidth} values. */
  abstract NDArray map(NDArray packs, Mode mode);
}
