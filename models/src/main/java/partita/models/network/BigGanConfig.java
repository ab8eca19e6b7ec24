package partita.models.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Shape of a BigGAN (Brock et al., ICLR 2019) with the conditioning of IC-GAN (Casanova et al.,
 * NeurIPS 2021, appendix B.1). The paper and its official code describe the same networks; where
 * they differ, in how training draws its pairs, the choice is the trainer's. Deliberately otherwise
 * than the official table of D at resolution 32, which names all four blocks 16x16 and would follow
 * each by attention at 16, attention follows the one block that makes 16x16; no official
 * configuration asks for it.
 *
 * @param resolution side of the images: 32, 64, 128 or 256
 * @param channelMultiplier {@code ch}, the unit of all widths
 * @param imageChannels 1 or 3
 * @param dimZ width of the latent vector before it is split evenly over the first layer and the
 *     blocks; what does not divide is dropped, see {@link #latentWidth}
 * @param classes number of class labels, 0 for a network without labels
 * @param classWidth width of the class embedding that all blocks of the generator share
 * @param featureWidth width of the instance features, 0 for a network without instances
 * @param instanceWidth width of the instance embedding that all blocks of the generator share
 * @param attention resolutions followed by self-attention, in both networks, sorted
 */
public record BigGanConfig(
    int resolution,
    int channelMultiplier,
    int imageChannels,
    int dimZ,
    int classes,
    int classWidth,
    int featureWidth,
    int instanceWidth,
    List<Integer> attention)
    implements Serializable {

  /** Side of the map that the first linear layer produces. */
  static final int BOTTOM = 4;

  private static final Map<Integer, int[]> GENERATOR_WIDTHS =
      Map.of(
          32, new int[] {4, 4, 4, 4},
          64, new int[] {16, 16, 8, 4, 2},
          128, new int[] {16, 16, 8, 4, 2, 1},
          256, new int[] {16, 16, 8, 8, 4, 2, 1});

  private static final Map<Integer, int[]> DISCRIMINATOR_WIDTHS =
      Map.of(
          32, new int[] {4, 4, 4, 4},
          64, new int[] {1, 2, 4, 8, 16},
          128, new int[] {1, 2, 4, 8, 16, 16},
          256, new int[] {1, 2, 4, 8, 8, 16, 16});

  /** One residual block and what follows it. */
  record Block(int in, int out, boolean resample, boolean attention) {}

  public BigGanConfig {
    attention = attention.stream().sorted().distinct().toList();
    List<String> errors = new ArrayList<>();
    if (!GENERATOR_WIDTHS.containsKey(resolution)) {
      errors.add(
          "resolution is %d, expected one of %s"
              .formatted(resolution, new TreeSet<>(GENERATOR_WIDTHS.keySet())));
    }
    atLeast(1, channelMultiplier, "channelMultiplier", errors);
    if (imageChannels != 1 && imageChannels != 3) {
      errors.add("imageChannels is %d, expected 1 or 3".formatted(imageChannels));
    }
    atLeast(8, dimZ, "dimZ", errors);
    atLeast(0, classes, "classes", errors);
    atLeast(1, classWidth, "classWidth", errors);
    atLeast(0, featureWidth, "featureWidth", errors);
    atLeast(1, instanceWidth, "instanceWidth", errors);
    for (int side : attention) {
      if (side < 2 * BOTTOM || side >= resolution || Integer.bitCount(side) != 1) {
        errors.add(
            "attention at %d, expected a power of two in [%d, %d)"
                .formatted(side, 2 * BOTTOM, resolution));
      }
    }
    if (!attention.isEmpty() && channelMultiplier < 8) {
      errors.add(
          "channelMultiplier is %d, expected at least 8 where there is attention"
              .formatted(channelMultiplier));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("Cannot build BigGAN: " + String.join("; ", errors));
    }
  }

  /**
   * The networks of the official IC-GAN code, for RGB images without conditioning: a latent of 120,
   * embeddings of 128 and 512, attention at 32 for resolution 64, at 64 above and none below.
   */
  public static BigGanConfig of(int resolution, int channelMultiplier) {
    List<Integer> attention =
        resolution < 64 ? List.of() : resolution == 64 ? List.of(32) : List.of(64);
    return new BigGanConfig(resolution, channelMultiplier, 3, 120, 0, 128, 0, 512, attention);
  }

  public BigGanConfig withImageChannels(int channels) {
    return new BigGanConfig(
        resolution,
        channelMultiplier,
        channels,
        dimZ,
        classes,
        classWidth,
        featureWidth,
        instanceWidth,
        attention);
  }

  /** The same, conditioned on one of {@code count} classes. */
  public BigGanConfig withClasses(int count) {
    return new BigGanConfig(
        resolution,
        channelMultiplier,
        imageChannels,
        dimZ,
        count,
        classWidth,
        featureWidth,
        instanceWidth,
        attention);
  }

  /** The same, conditioned on an instance with features of {@code width}. */
  public BigGanConfig withFeatures(int width) {
    return new BigGanConfig(
        resolution,
        channelMultiplier,
        imageChannels,
        dimZ,
        classes,
        classWidth,
        width,
        instanceWidth,
        attention);
  }

  /** Width of the latent vector that the generator takes: the chunks together. */
  public int latentWidth() {
    return chunkWidth() * (generatorBlocks().size() + 1);
  }

  /** Width of the share of the latent vector that each block gets. */
  int chunkWidth() {
    return dimZ / GENERATOR_WIDTHS.get(resolution).length;
  }

  boolean hasClasses() {
    return classes > 0;
  }

  boolean hasFeatures() {
    return featureWidth > 0;
  }

  /** Width of what modulates a block of the generator: class, instance and chunk of the latent. */
  int modulationWidth() {
    return (hasClasses() ? classWidth : 0) + (hasFeatures() ? instanceWidth : 0) + chunkWidth();
  }

  /** From 4x4 to the full size, each block doubling it. */
  List<Block> generatorBlocks() {
    int[] widths = GENERATOR_WIDTHS.get(resolution);
    List<Block> blocks = new ArrayList<>();
    int side = BOTTOM;
    for (int i = 0; i + 1 < widths.length; i++) {
      side *= 2;
      blocks.add(
          new Block(
              widths[i] * channelMultiplier,
              widths[i + 1] * channelMultiplier,
              true,
              attention.contains(side)));
    }
    return List.copyOf(blocks);
  }

  /** From the full size to 4x4, or 8x8 at resolution 32; the last ones do not halve it. */
  List<Block> discriminatorBlocks() {
    int[] widths = DISCRIMINATOR_WIDTHS.get(resolution);
    List<Block> blocks = new ArrayList<>();
    int halvings = resolution == 32 ? 2 : widths.length - 1;
    int in = imageChannels;
    for (int i = 0; i < widths.length; i++) {
      int out = widths[i] * channelMultiplier;
      boolean halves = i < halvings;
      blocks.add(new Block(in, out, halves, halves && attention.contains(resolution >> (i + 1))));
      in = out;
    }
    return List.copyOf(blocks);
  }

  private static void atLeast(int least, int value, String name, List<String> errors) {
    if (value < least) {
      errors.add("%s is %d, expected at least %d".formatted(name, value, least));
    }
  }
}
