package partita.models.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Shape of a {@link ConvNetClassifier}.
 *
 * @param imageChannels 1 or 3
 * @param classes number of labels, at least 2
 * @param width channels of the first convolution; the others have 2, 4, 4 and 8 times as many
 * @param featureWidth width of the features, the channels of the last convolution
 */
public record ConvNetConfig(int imageChannels, int classes, int width, int featureWidth)
    implements Serializable {
  /** Layer whose output embeds images: the mean over positions of the last block's. */
  public static final String FEATURES = "features";

  static final String HEAD = "head";
  static final int BLOCKS = 6;
  private static final int[] WIDTHS = {1, 2, 4, 4, 8};

  public ConvNetConfig {
    List<String> errors = new ArrayList<>();
    if (imageChannels != 1 && imageChannels != 3) {
      errors.add("imageChannels is %d, expected 1 or 3".formatted(imageChannels));
    }
    if (classes < 2) {
      errors.add("classes is %d, expected at least 2".formatted(classes));
    }
    if (width < 1) {
      errors.add("width is %d, expected at least 1".formatted(width));
    }
    if (featureWidth < 1) {
      errors.add("featureWidth is %d, expected at least 1".formatted(featureWidth));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("Cannot build classifier: " + String.join("; ", errors));
    }
  }

  /**
   * First convolution of 16 channels, 256 features: an epoch of 60,000 32x32 images in a minute.
   */
  public static ConvNetConfig of(int imageChannels, int classes) {
    return new ConvNetConfig(imageChannels, classes, 16, 256);
  }

  /** Named layers from input to output, with the number of channels of each. */
  public Map<String, Integer> layers() {
    Map<String, Integer> layers = new LinkedHashMap<>();
    for (int i = 0; i < BLOCKS; i++) {
      layers.put(block(i), blockWidth(i));
    }
    layers.put(FEATURES, featureWidth);
    layers.put(HEAD, classes);
    return layers;
  }

  static String block(int i) {
    return "blocks." + i;
  }

  int blockWidth(int i) {
    return i < WIDTHS.length ? WIDTHS[i] * width : featureWidth;
  }
}
