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
import partita.models.op.Resampling;

/**
 * The ResNet of Mescheder et al. (ICML 2018, appendix D) as Liu et al. train it at 128x128 (the
 * reference's {@code resnet2}): six pairs of {@link ResidualBlock}s on each side, no normalization.
 * G repeats pixels 2x2 between the pairs; D takes the means of overlapping 3x3 pixels. D's map of
 * {@code 16 width} channels makes 16,384 features at width 64 and 128x128.
 *
 * @param resolution edge of the images, a multiple of 32
 */
public record MeschederResNet(ImageGanConfig config, int resolution) implements ImageGanNetworks {
  private static final int PAIRS = 6;

  /** Channels after each pair of G's blocks, in widths; D has them the other way round. */
  private static final List<Integer> CHANNELS = List.of(16, 16, 8, 4, 2, 1);

  public MeschederResNet {
    if (resolution < 32 || resolution % 32 != 0) {
      throw new IllegalArgumentException(
          "Cannot build ResNet: resolution is %d, expected a multiple of 32".formatted(resolution));
    }
  }

  @Override
  public int featureWidth() {
    return 16 * config.width() * bottom() * bottom();
  }

  @Override
  public LabelGenerator generator(NDManager manager) {
    return new Generator(manager, this);
  }

  @Override
  public LabelDiscriminator discriminator(NDManager manager) {
    return new Discriminator(manager, this);
  }

  /** Edge of the smallest map. */
  private int bottom() {
    return resolution >> (PAIRS - 1);
  }

  private static String name(int pair, int block) {
    return "resnet_" + pair + "_" + block;
  }

  /** Names: {@code resnet_0_0} to {@code resnet_5_1}, then {@code conv_img}. */
  private static final class Generator extends ImageGenerator {
    private final List<Pair> pairs = new ArrayList<>();
    private final Conv2d last;

    private Generator(NDManager manager, MeschederResNet networks) {
      super(
          manager,
          networks.config(),
          CHANNELS.get(0) * networks.config().width(),
          networks.bottom());
      int width = networks.config().width();
      int in = CHANNELS.get(0) * width;
      for (int i = 0; i < PAIRS; i++) {
        int out = CHANNELS.get(i) * width;
        pairs.add(
            new Pair(
                child(name(i, 0), new ResidualBlock(manager, in, out)),
                child(name(i, 1), new ResidualBlock(manager, out, out))));
        in = out;
      }
      int channels = networks.config().imageChannels();
      last = child("conv_img", new Conv2d(manager, in, channels, 3, Weighting.TORCH));
    }

    @Override
    NDArray image(NDArray map, Mode mode) {
      NDArray h = pairs.get(0).forward(map, mode);
      for (Pair pair : pairs.subList(1, PAIRS)) {
        NDArray x = h;
        h = Scoped.of(() -> pair.forward(Resampling.doubled(x), mode));
      }
      return last.forward(Activation.leakyRelu(h, ResidualBlock.SLOPE), mode).tanh();
    }
  }

  /** Names: {@code conv_img}, then {@code resnet_0_0} to {@code resnet_5_1}. */
  private static final class Discriminator extends ImageDiscriminator {
    private final Conv2d first;
    private final List<Pair> pairs = new ArrayList<>();

    private Discriminator(NDManager manager, MeschederResNet networks) {
      super(manager, networks);
      int width = networks.config().width();
      int channels = networks.packing() * networks.config().imageChannels();
      first = child("conv_img", new Conv2d(manager, channels, width, 3, Weighting.TORCH));
      int in = width;
      for (int i = 0; i < PAIRS; i++) {
        // The second block of a pair widens, to what the next pair keeps.
        int out = CHANNELS.get(Math.max(0, PAIRS - 2 - i)) * width;
        pairs.add(
            new Pair(
                child(name(i, 0), new ResidualBlock(manager, in, in)),
                child(name(i, 1), new ResidualBlock(manager, in, out))));
        in = out;
      }
    }

    @Override
    NDArray map(NDArray packs, Mode mode) {
      NDArray h = pairs.get(0).forward(first.forward(packs, mode), mode);
      for (Pair pair : pairs.subList(1, PAIRS)) {
        NDArray x = h;
        h = Scoped.of(() -> pair.forward(Resampling.overlappingMeans(x), mode));
      }
      return Activation.leakyRelu(h, ResidualBlock.SLOPE);
    }
  }

  private record Pair(ResidualBlock first, ResidualBlock second) {
    NDArray forward(NDArray x, Mode mode) {
      return second.forward(first.forward(x, mode), mode);
    }
  }
}
