package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Objects;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Pooling;
import partita.models.op.Resampling;

/**
 * Inception v3 (Szegedy et al., "Rethinking the Inception architecture for computer vision", CVPR
 * 2016) with torchvision's names, without the auxiliary classifier, which only training uses.
 * Layers: {@code Conv2d_1a_3x3} to {@code Mixed_7c}; {@code avgpool} gives the 2,048 features of
 * FID, and {@code maxpool1}, {@code maxpool2} and {@code Mixed_6e} the 64, 192 and 768 of
 * pytorch-fid's smaller ones. Images are at least 75x75, and 299x299 where figures are to compare.
 */
public final class InceptionV3 extends PretrainedNetwork {
  private static final int FEATURES = 2048;

  /** Which network the weights are of; the names and shapes of its arrays do not tell. */
  public enum Variant {
    /**
     * The network of December 2015 that FID and the inception score are defined by. Its average
     * pools leave what lies outside of the image out of the count, and the last block has a maximum
     * instead. {@code fc} gives 1,008 class scores; after it comes {@code logits_unbiased}, the
     * same without the bias, of which Salimans et al. take the inception score.
     */
    FID {
      @Override
      NDArray pooled(NDArray x) {
        return Pooling.neighborMeans(x);
      }

      @Override
      NDArray lastPooled(NDArray x) {
        return Pooling.neighborMaxima(x);
      }
    },

    /** Torchvision's, of which {@code fc} gives the class scores. */
    CLASSIFICATION {
      @Override
      NDArray pooled(NDArray x) {
        return Pooling.paddedNeighborMeans(x);
      }

      @Override
      NDArray lastPooled(NDArray x) {
        return pooled(x);
      }
    };

    static final int FID_CLASSES = 1008;

    /** What the last branch of a block sees: a reduction of the 3x3 around each pixel. */
    abstract NDArray pooled(NDArray x);

    /** The same in the last block, {@code Mixed_7c}. */
    abstract NDArray lastPooled(NDArray x);
  }

  /**
   * Its shape.
   *
   * @param classes 1,008 for {@link Variant#FID} and any other number for {@link
   *     Variant#CLASSIFICATION}; 0 ends the network with its features
   */
  public record Config(Variant variant, int classes) implements Architecture {
    public Config {
      Objects.requireNonNull(variant);
      Architecture.checkClasses("InceptionV3", classes);
      if (classes > 0 && (classes == Variant.FID_CLASSES) != (variant == Variant.FID)) {
        throw new IllegalArgumentException(
            "Cannot build InceptionV3 of variant %s with %,d classes: the network of FID has 1,008, one with other classes is a classification network, whose features are not those of FID"
                .formatted(variant, classes));
      }
    }

    @Override
    public String name() {
      return variant == Variant.FID ? "inception-v3-fid" : family();
    }

    @Override
    public String featureLayer() {
      return "avgpool";
    }

    @Override
    public String family() {
      return "inception-v3";
    }

    @Override
    public Config withClasses(int newClasses) {
      return new Config(variant, newClasses);
    }

    @Override
    public String head() {
      return "fc.weight";
    }

    @Override
    public String landmark() {
      return "Mixed_5b.branch1x1.conv.weight";
    }

    @Override
    public InceptionV3 build(NDManager manager) {
      return new InceptionV3(manager, this);
    }
  }

  public InceptionV3(NDManager manager, Config config) {
    super(manager, config.classes());
    unit("Conv2d_1a_3x3", 3, 32, new Window(3, 3, 2, 0, 0));
    unit("Conv2d_2a_3x3", 32, 32, new Window(3, 3, 1, 0, 0));
    unit("Conv2d_2b_3x3", 32, 64, Window.square(3));
    step("maxpool1", 64, x -> Pooling.maxima(x, 3, 2));
    unit("Conv2d_3b_1x1", 64, 80, Window.square(1));
    unit("Conv2d_4a_3x3", 80, 192, new Window(3, 3, 1, 0, 0));
    step("maxpool2", 192, x -> Pooling.maxima(x, 3, 2));
    Variant variant = config.variant();
    block("Mixed_5b", InceptionBlock.fine(manager, 192, 32, variant::pooled));
    block("Mixed_5c", InceptionBlock.fine(manager, 256, 64, variant::pooled));
    block("Mixed_5d", InceptionBlock.fine(manager, 288, 64, variant::pooled));
    block("Mixed_6a", InceptionBlock.halving(manager, 288));
    block("Mixed_6b", InceptionBlock.factorized(manager, 768, 128, variant::pooled));
    block("Mixed_6c", InceptionBlock.factorized(manager, 768, 160, variant::pooled));
    block("Mixed_6d", InceptionBlock.factorized(manager, 768, 160, variant::pooled));
    block("Mixed_6e", InceptionBlock.factorized(manager, 768, 192, variant::pooled));
    block("Mixed_7a", InceptionBlock.factorizedHalving(manager, 768));
    block("Mixed_7b", InceptionBlock.coarse(manager, 1280, variant::pooled));
    block("Mixed_7c", InceptionBlock.coarse(manager, FEATURES, variant::lastPooled));
    step("avgpool", FEATURES, Resampling::mean);
    if (config.classes() > 0) {
      addClasses(config);
    }
  }

  private void addClasses(Config config) {
    Linear fc = child("fc", new Linear(manager(), FEATURES, config.classes(), Weighting.PLAIN));
    step("fc", config.classes(), x -> fc.forward(x, Mode.EVALUATION));
    if (config.variant() == Variant.FID) {
      NDArray bias = fc.parameters().get("bias");
      step("logits_unbiased", config.classes(), x -> x.sub(bias));
    }
  }

  private void unit(String name, int in, int out, Window window) {
    InceptionUnit unit = child(name, new InceptionUnit(manager(), in, out, window));
    step(name, out, unit::forward);
  }

  private void block(String name, InceptionBlock block) {
    child(name, block);
    step(name, block.channels(), block::forward);
  }
}
