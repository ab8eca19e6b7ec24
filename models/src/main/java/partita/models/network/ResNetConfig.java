package partita.models.network;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Shape of a {@link ResNet} of bottleneck blocks.
 *
 * @param blocks bottlenecks in each stage {@code layer1}, {@code layer2}, ...; each stage after the
 *     first halves the size and doubles the channels
 * @param width channels of the first convolution; stage i ends with {@code 4 * width * 2^i}
 * @param classes number of labels, 0 for a network without the last linear layer
 */
public record ResNetConfig(List<Integer> blocks, int width, int classes) implements Architecture {
  static final int EXPANSION = 4;

  public ResNetConfig {
    blocks = List.copyOf(blocks);
    List<String> errors = new ArrayList<>();
    if (blocks.isEmpty() || blocks.stream().anyMatch(count -> count < 1)) {
      errors.add("blocks is %s, expected at least 1 in each stage".formatted(blocks));
    }
    if (width < 1) {
      errors.add("width is %d, expected at least 1".formatted(width));
    }
    if (classes < 0) {
      errors.add("classes is %d, expected at least 0".formatted(classes));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("Cannot build ResNet: " + String.join("; ", errors));
    }
  }

  /** ResNet-50: stages of 3, 4, 6 and 3 blocks, 64 channels, 2,048 features. */
  public static ResNetConfig resNet50(int classes) {
    return new ResNetConfig(List.of(3, 4, 6, 3), 64, classes);
  }

  @Override
  public String name() {
    return withClasses(0).equals(resNet50(0))
        ? "resnet-50"
        : "resnet-%s-width-%d"
            .formatted(String.join("-", blocks.stream().map(String::valueOf).toList()), width);
  }

  @Override
  public String featureLayer() {
    return "avgpool";
  }

  @Override
  public String family() {
    return "resnet";
  }

  @Override
  public ResNetConfig withClasses(int newClasses) {
    return new ResNetConfig(blocks, width, newClasses);
  }

  @Override
  public String head() {
    return "fc.weight";
  }

  @Override
  public String landmark() {
    return "layer1.0.conv1.weight";
  }

  @Override
  public ResNet build(NDManager manager) {
    return new ResNet(manager, this);
  }

  /** Channels of the 3x3 convolutions of a stage. */
  int stageWidth(int stage) {
    return width << stage;
  }
}
