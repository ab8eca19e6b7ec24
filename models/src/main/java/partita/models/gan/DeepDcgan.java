package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import partita.models.layer.Conv2d;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.layer.Weighting;
import partita.models.op.Activation;

/**
 * The DCGAN for CIFAR-10 (the reference's {@code dcgan_deep}; Miyato et al. 2018, table 3) at
 * 32x32: D has seven convolutions with leaky ReLU of slope 0.1 and, unlike the paper's text, no
 * normalization at all. Its 4x4 map of {@code 8 width} channels makes 8,192 features at width 64.
 */
public record DeepDcgan(ImageGanConfig config) implements ImageGanNetworks {

  @Override
  public int resolution() {
    return DcganGenerator.RESOLUTION;
  }

  @Override
  public int featureWidth() {
    return 8 * config.width() * 4 * 4;
  }

  @Override
  public LabelGenerator generator(NDManager manager) {
    return new DcganGenerator(manager, config);
  }

  @Override
  public LabelDiscriminator discriminator(NDManager manager) {
    return new Discriminator(manager, this);
  }

  /** Names: {@code conv1.0} to {@code conv7.0}. */
  private static final class Discriminator extends ImageDiscriminator {
    private static final double SLOPE = 0.1;
    private static final int CONVOLUTIONS = 7;

    private final List<Conv2d> convolutions = new ArrayList<>();

    private Discriminator(NDManager manager, DeepDcgan networks) {
      super(manager, networks);
      ImageGanConfig config = networks.config();
      int in = config.packing() * config.imageChannels();
      for (int i = 1; i <= CONVOLUTIONS; i++) {
        boolean halves = i % 2 == 0;
        int out = config.width() << ((i - 1) / 2);
        Conv2d convolution =
            new Conv2d(manager, in, out, halves ? 4 : 3, halves ? 2 : 1, Weighting.TORCH);
        convolutions.add(child("conv" + i + ".0", convolution));
        in = out;
      }
    }

    @Override
    NDArray map(NDArray packs, Mode mode) {
      NDArray h = packs;
      for (Conv2d convolution : convolutions) {
        NDArray x = h;
        h = Scoped.of(() -> Activation.leakyReluInPlace(convolution.forward(x, mode), SLOPE));
      }
      return h;
    }
  }
}
