package partita.models.gan;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import partita.models.gan.GanNetworks.Labeling;

/**
 * What the image architectures have in common.
 *
 * @param labeling {@link Labeling#NONE} or {@link Labeling#EMBEDDED}
 * @param labels number of labels k, 0 without
 * @param packing images that D judges together, its input their channels after each other (PacGAN:
 *     Lin et al., NeurIPS 2018); 1 with labels
 * @param latentWidth numbers in z
 * @param imageChannels 1 or 3
 * @param width channels of the layers next to the images, 64 in the reference; the others have a
 *     multiple of it
 */
public record ImageGanConfig(
    Labeling labeling, int labels, int packing, int latentWidth, int imageChannels, int width)
    implements Serializable {
  /** Numbers in a label's embedding (Liu et al., appendix B). */
  static final int EMBEDDING = 256;

  public ImageGanConfig {
    List<String> errors = new ArrayList<>();
    if (labeling == Labeling.MIXTURE) {
      errors.add("labeling is mixture, which is for points; expected none or embedded");
    }
    if (labeling == Labeling.NONE ? labels != 0 : labels < 1) {
      errors.add(
          "labels is %d, expected %s".formatted(labels, labeling == Labeling.NONE ? "0" : "1 up"));
    }
    if (packing < 1 || packing > 1 && labeling != Labeling.NONE) {
      errors.add(
          "packing is %d, expected at least 1, and 1 with labels since images of one pack have labels of their own"
              .formatted(packing));
    }
    if (latentWidth < 1) {
      errors.add("latentWidth is %d, expected at least 1".formatted(latentWidth));
    }
    if (imageChannels != 1 && imageChannels != 3) {
      errors.add("imageChannels is %d, expected 1 or 3".formatted(imageChannels));
    }
    if (width < 1) {
      errors.add("width is %d, expected at least 1".formatted(width));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("Cannot build image GAN: " + String.join("; ", errors));
    }
  }
}
