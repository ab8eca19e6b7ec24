package partita.models.network;

import ai.djl.ndarray.NDManager;
import java.util.List;
import partita.models.layer.Window;
import partita.models.op.Pooling;

/**
 * VGG without normalization (Simonyan and Zisserman, ICLR 2015, configurations D and E), as
 * torchvision has it. Layers: {@code features.1} to {@code features.30} (16) or {@code features.36}
 * (19), {@code avgpool}, and with classes {@code classifier.1}, {@code classifier.4} and {@code
 * classifier.6}. LPIPS looks at features 3, 8, 15, 22 and 29 of VGG16; perceptual losses at 1, 6,
 * 11, 20 and 29 of VGG19, the first ReLU of each stage. Images are at least 32x32.
 */
public final class Vgg extends PlainConvNet {
  private static final List<Integer> WIDTHS = List.of(64, 128, 256, 512, 512);

  /**
   * Its shape.
   *
   * @param depth 16 or 19, layers with weights
   * @param classes 0 leaves out the linear layers
   */
  public record Config(int depth, int classes) implements Architecture {
    public Config {
      if (depth != 16 && depth != 19) {
        throw new IllegalArgumentException(
            "Cannot build VGG: depth is " + depth + ", expected 16 or 19");
      }
      Architecture.checkClasses("VGG", classes);
    }

    @Override
    public String name() {
      return family() + "-" + depth;
    }

    @Override
    public String featureLayer() {
      return "classifier.4";
    }

    @Override
    public String family() {
      return "vgg";
    }

    @Override
    public Config withClasses(int newClasses) {
      return new Config(depth, newClasses);
    }

    @Override
    public String head() {
      return "classifier.6.weight";
    }

    @Override
    public String landmark() {
      return "features.2.weight";
    }

    @Override
    public Vgg build(NDManager manager) {
      return new Vgg(manager, this);
    }

    /** Convolutions of a stage. */
    private int convolutions(int stage) {
      return stage < 2 ? 2 : depth == 16 ? 3 : 4;
    }
  }

  public Vgg(NDManager manager, Config config) {
    super(manager, config.classes());
    for (int stage = 0; stage < WIDTHS.size(); stage++) {
      for (int i = 0; i < config.convolutions(stage); i++) {
        convolution(WIDTHS.get(stage), Window.square(3));
      }
      pool(x -> Pooling.maxima(x, 2, 2));
    }
    classifier(7, 0);
  }
}
