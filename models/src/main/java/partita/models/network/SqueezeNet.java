package partita.models.network;

import ai.djl.ndarray.NDManager;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Pooling;
import partita.models.op.Resampling;

/**
 * SqueezeNet 1.1 (Iandola et al., "SqueezeNet: AlexNet-level accuracy with 50x fewer parameters",
 * 2016, and the release of its code), as torchvision has it. Layers: {@code features.1} to {@code
 * features.12}, of which 1, 4, 7, 9, 10, 11 and 12 are those that LPIPS looks at, and with classes
 * {@code classifier.2} and {@code classifier.3}, their means over positions. Images are at least
 * 17x17.
 */
public final class SqueezeNet extends PlainConvNet {

  /**
   * Its shape.
   *
   * @param classes 0 leaves out the last convolution
   */
  public record Config(int classes) implements Architecture {
    public Config {
      Architecture.checkClasses("SqueezeNet", classes);
    }

    @Override
    public String name() {
      return family();
    }

    @Override
    public String featureLayer() {
      return "features.12";
    }

    @Override
    public String family() {
      return "squeezenet";
    }

    @Override
    public Config withClasses(int newClasses) {
      return new Config(newClasses);
    }

    @Override
    public String head() {
      return "classifier.1.weight";
    }

    @Override
    public String landmark() {
      return "features.3.squeeze.weight";
    }

    @Override
    public SqueezeNet build(NDManager manager) {
      return new SqueezeNet(manager, this);
    }
  }

  public SqueezeNet(NDManager manager, Config config) {
    super(manager, config.classes());
    convolution(64, Window.square(3).withStride(2).withPadding(0));
    pool(x -> Pooling.maximaToTheEdge(x, 3, 2));
    fire(16, 64);
    fire(16, 64);
    pool(x -> Pooling.maximaToTheEdge(x, 3, 2));
    fire(32, 128);
    fire(32, 128);
    pool(x -> Pooling.maximaToTheEdge(x, 3, 2));
    fire(48, 192);
    fire(48, 192);
    fire(64, 256);
    fire(64, 256);
    if (config.classes() > 0) {
      FrozenConv2d last =
          child(
              "classifier.1",
              new FrozenConv2d(manager, 512, config.classes(), Window.square(1), Weighting.PLAIN));
      step("classifier.2", config.classes(), last::rectified);
      step("classifier.3", config.classes(), Resampling::mean);
    }
  }
}
