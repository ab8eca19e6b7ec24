package partita.models.network;

import ai.djl.ndarray.NDManager;
import partita.models.layer.Window;
import partita.models.op.Pooling;

/**
 * AlexNet of one tower (Krizhevsky, "One weird trick for parallelizing convolutional neural
 * networks", 2014), as torchvision has it. Layers: {@code features.1} to {@code features.12}, of
 * which 1, 4, 7, 9 and 11 are the ReLUs that LPIPS looks at, {@code avgpool}, and with classes
 * {@code classifier.2}, {@code classifier.5} and {@code classifier.6}. Images are at least 63x63.
 */
public final class AlexNet extends PlainConvNet {

  /**
   * Its shape.
   *
   * @param classes 0 leaves out the linear layers
   */
  public record Config(int classes) implements Architecture {
    public Config {
      Architecture.checkClasses("AlexNet", classes);
    }

    @Override
    public String name() {
      return family();
    }

    @Override
    public String featureLayer() {
      return "classifier.5";
    }

    @Override
    public String family() {
      return "alexnet";
    }

    @Override
    public Config withClasses(int newClasses) {
      return new Config(newClasses);
    }

    @Override
    public String head() {
      return "classifier.6.weight";
    }

    @Override
    public String landmark() {
      return "features.8.weight";
    }

    @Override
    public AlexNet build(NDManager manager) {
      return new AlexNet(manager, this);
    }
  }

  public AlexNet(NDManager manager, Config config) {
    super(manager, config.classes());
    convolution(64, Window.square(11).withStride(4).withPadding(2));
    pool(x -> Pooling.maxima(x, 3, 2));
    convolution(192, Window.square(5));
    pool(x -> Pooling.maxima(x, 3, 2));
    convolution(384, Window.square(3));
    convolution(256, Window.square(3));
    convolution(256, Window.square(3));
    pool(x -> Pooling.maxima(x, 3, 2));
    classifier(6, 1);
  }
}
