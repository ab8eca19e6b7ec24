package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Resampling;

/**
 * U-Net (Ronneberger et al., MICCAI 2015) as the face parser of CelebAMask-HQ has it, with which
 * INADE is evaluated: batch normalization, convolutions that keep the size, four levels down and up
 * by transposed convolutions, a quarter of the paper's channels. Arrays are named as in its PyTorch
 * code: {@code conv1.conv1.0.weight}, {@code center.conv2.1.running_var}, {@code
 * up_concat4.up.weight}, {@code final.bias}. Sides of images are multiples of 16. Its one layer,
 * {@code final}, gives the class scores {@code [N, classes, H, W]}.
 */
public final class UNet extends PretrainedNetwork {
  private static final int LEVELS = 4;

  /** Sides of images are multiples of it: they are halved at each level. */
  public static final int SIDE_STEP = 1 << LEVELS;

  private static final int COLORS = 3;

  private final List<DoubleConv> down = new ArrayList<>();
  private final List<UpBlock> up = new ArrayList<>();
  private final DoubleConv center;
  private final FrozenConv2d last;

  /**
   * Its shape.
   *
   * @param width channels of the first level, doubled at each: 64 in the paper, 16 for
   *     CelebAMask-HQ
   * @param classes at least 1; 0 while it is not known
   */
  public record Config(int width, int classes) implements Architecture {
    /** Channels of the first level of CelebAMask-HQ's. */
    public static final int CELEB_A_MASK_HQ = 16;

    private static final String FIRST = "conv1.conv1.0.weight";

    public Config {
      Architecture.checkClasses("UNet", classes);
      if (width < 1) {
        throw new IllegalArgumentException(
            "Cannot build UNet: width is %d, expected at least 1".formatted(width));
      }
    }

    /**
     * As wide as a file's first convolution, CelebAMask-HQ's if it has none.
     *
     * @param shapes of the file's arrays, by name
     */
    public static Config of(Map<String, List<Long>> shapes) {
      List<Long> first = shapes.getOrDefault(FIRST, List.of());
      boolean known = first.size() > 1 && first.get(0) > 0;
      return new Config(known ? Math.toIntExact(first.get(0)) : CELEB_A_MASK_HQ, 0);
    }

    @Override
    public String name() {
      return width == CELEB_A_MASK_HQ ? family() : family() + "-width-" + width;
    }

    @Override
    public String featureLayer() {
      return "final";
    }

    @Override
    public String family() {
      return "unet";
    }

    @Override
    public Config withClasses(int newClasses) {
      if (newClasses < 1) {
        throw new IllegalArgumentException(
            "it has no final.weight [classes, channels, 1, 1], which gives the class of a pixel");
      }
      return new Config(width, newClasses);
    }

    @Override
    public String head() {
      return "final.weight";
    }

    @Override
    public String landmark() {
      return "up_concat4.up.weight";
    }

    @Override
    public UNet build(NDManager manager) {
      return new UNet(manager, this);
    }
  }

  public UNet(NDManager manager, Config config) {
    super(manager, config.classes());
    int in = COLORS;
    for (int level = 0; level < LEVELS; level++) {
      int out = config.width() << level;
      down.add(child("conv" + (level + 1), new DoubleConv(manager, in, out)));
      in = out;
    }
    center = child("center", new DoubleConv(manager, in, 2 * in));
    for (int level = LEVELS; level > 0; level--) {
      up.add(child("up_concat" + level, new UpBlock(manager, config.width() << level)));
    }
    last =
        child(
            "final",
            new FrozenConv2d(
                manager, config.width(), config.classes(), Window.square(1), Weighting.PLAIN));
    step("final", config.classes(), this::maps);
  }

  private NDArray maps(NDArray images) {
    for (int axis = 2; axis <= 3; axis++) {
      if (images.getShape().get(axis) % SIDE_STEP != 0) {
        throw new IllegalArgumentException(
            "Cannot segment images of %d x %d with a UNet: expected sides that are multiples of %d"
                .formatted(images.getShape().get(3), images.getShape().get(2), SIDE_STEP));
      }
    }
    List<NDArray> skipped = new ArrayList<>();
    NDArray x = images;
    for (DoubleConv level : down) {
      skipped.add(level.forward(x));
      x = Resampling.maxima(skipped.get(skipped.size() - 1));
    }
    x = center.forward(x);
    for (int i = 0; i < LEVELS; i++) {
      x = up.get(i).forward(skipped.get(LEVELS - 1 - i), x);
    }
    return last.forward(x);
  }

  /** It as a segmentation network, whose images are in [-1, 1] as in its training. */
  public static SegmentationNetwork segmenting(PretrainedNetwork network) {
    return new SegmentationNetwork() {
      @Override
      public NDManager manager() {
        return network.manager();
      }

      @Override
      public NDArray scores(NDArray images) {
        return network.forward(images, Tap.NONE).orElseThrow();
      }
    };
  }
}
