package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.OwnMemory;
import partita.models.op.Resampling;
import partita.models.op.TorchScript;

/**
 * What an ImageNet network sees of a stored image, as the official IC-GAN code prepares it: the
 * image <em>as stored</em>, already of the resolution that is trained on, in [0, 1]; less the mean
 * and divided by the standard deviation of ImageNet's channels; then brought to {@code side} square
 * by bicubic interpolation between pixel centers, without antialiasing and without clipping. Gray
 * images are repeated to three channels first. So features depend on the stored resolution.
 *
 * @param side of the network's input, 224 for the usual weights
 */
public record ImageNetPreparation(int side) implements InputPreparation {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def normalize(self: __torch__.Ops, x: Tensor, mean: Tensor, std: Tensor) -> Tensor:
              unit = torch.add(torch.mul(x, 0.5), 0.5)
              return torch.div(torch.sub(torch.expand(unit, [-1, 3, -1, -1]), mean), std)
          """);

  private static final Shape CHANNELS = new Shape(1, 3, 1, 1);
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] STD = {0.229f, 0.224f, 0.225f};

  /** As the usual weights were trained and as IC-GAN uses them: 224. */
  public static final ImageNetPreparation STANDARD = new ImageNetPreparation(224);

  public ImageNetPreparation {
    if (side < 1) {
      throw new IllegalArgumentException(
          "Cannot prepare images: side is " + side + ", expected at least 1");
    }
  }

  @Override
  public NDArray apply(NDArray images) {
    NDManager manager = images.getManager();
    NDArray normalized = OPS.run(manager, "normalize", images, mean(manager), deviation(manager));
    return Resampling.bicubic(normalized, side);
  }

  /** Mean of ImageNet's channels in [0, 1], {@code [1, 3, 1, 1]}. */
  static NDArray mean(NDManager manager) {
    return OwnMemory.of(manager, MEAN, CHANNELS);
  }

  /** Standard deviation of ImageNet's channels in [0, 1], {@code [1, 3, 1, 1]}. */
  static NDArray deviation(NDManager manager) {
    return OwnMemory.of(manager, STD, CHANNELS);
  }
}
