package partita.models.network;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

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
}
