package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import partita.models.layer.BatchNorm;
import partita.models.layer.Conv2d;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.layer.Weighting;
import partita.models.op.Activation;

/**
 * The DCGAN for Stacked-MNIST (Liu et al., section 4.1; the reference's {@code dcgan_shallow}) at
 * 32x32: D halves four times, each time with batch normalization and leaky ReLU of slope 0.2. Its
 * 2x2 map of {@code 8 width} channels makes 2,048 features at width 64.
 */
public record ShallowDcgan(ImageGanConfig config) implements ImageGanNetworks {

  @Override
  public int resolution() {
    return DcganGenerator.RESOLUTION;
  }

  @Override
  public int featureWidth() {
    return 8 * config.width() * 2 * 2;
  }

  @Override
  public LabelGenerator generator(NDManager manager) {
    return new DcganGenerator(manager, config);
  }

  @Override
  public LabelDiscriminator discriminator(NDManager manager) {
    return new Discriminator(manager, this);
  }

  /** Names: {@code conv1.0} and {@code conv1.1} for its normalization, {@code conv2.0}, ... */
  private static final class Discriminator extends ImageDiscriminator {
    private static final double SLOPE = 0.2;

    private final List<Block> blocks = new ArrayList<>();

    private record Block(Conv2d convolution, BatchNorm norm) {}

    private Discriminator(NDManager manager, ShallowDcgan networks) {
      super(manager, networks);
      ImageGanConfig config = networks.config();
      int in = config.packing() * config.imageChannels();
      for (int i = 1; i <= 4; i++) {
        int out = config.width() << (i - 1);
        String name = "conv" + i;
        blocks.add(
            new Block(
                child(name + ".0", new Conv2d(manager, in, out, 4, 2, Weighting.TORCH)),
                child(name + ".1", BatchNorm.torch(manager, out))));
        in = out;
      }
    }

    @Override
    NDArray map(NDArray packs, Mode mode) {
      NDArray h = packs;
      for (Block block : blocks) {
        NDArray x = h;
        h =
            Scoped.of(
                () ->
                    Activation.leakyReluInPlace(
                        block.norm().forward(block.convolution().forward(x, mode), mode), SLOPE));
      }
      return h;
    }
  }
}
