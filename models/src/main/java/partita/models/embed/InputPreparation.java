package partita.models.embed;

import ai.djl.ndarray.NDArray;
import java.io.Serializable;
import partita.models.network.Architecture;
import partita.models.network.InceptionV3;

/** What a network that others trained sees of a stored image. */
public sealed interface InputPreparation extends Serializable
    permits FidProtocol, ImageNetPreparation {

  /**
   * The network's input {@code [N, 3, H', W']}.
   *
   * @param images float32 {@code [N, C, H, W]}, bytes v as {@code v / 127.5 - 1}, C being 1 or 3;
   *     gray images are repeated to three channels
   */
  NDArray apply(NDArray images);

  /**
   * The preparation where none is asked for: for Inception that of its usual weights, the
   * TensorFlow network's own or the official IC-GAN code's; for all others the usual one of
   * ImageNet.
   */
  static InputPreparation usual(Architecture architecture) {
    if (architecture instanceof InceptionV3.Config inception) {
      return inception.variant() == InceptionV3.Variant.FID
          ? FidProtocol.TORCH_FIDELITY
          : FidProtocol.IC_GAN;
    }
    return ImageNetPreparation.STANDARD;
  }
}
