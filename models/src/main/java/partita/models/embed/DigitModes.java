package partita.models.embed;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import partita.models.network.EmbeddingNetwork;
import partita.models.train.ImageSource;

/**
 * Modes of Stacked-MNIST: a classifier of single digits reads each channel, and digits a, b, c in
 * red, green and blue are mode {@code 100 a + 10 b + c} of 1,000 (Liu et al., "Diverse image
 * generation via self-conditioned GANs", CVPR 2020, appendix, "Classifier details"; its code
 * numbers the channels from the other end, which changes no figure).
 */
public final class DigitModes {
  /** Number of modes. */
  public static final int MODES = 1000;

  private static final int CHANNELS = 3;
  private static final int DIGITS = 10;

  private final ImageEmbedder embedder;
  private final ImageSource channels;

  /**
   * @param classifier of gray digits, with ten classes
   * @param images {@code [3, H, W]} each
   * @param batch images classified at a time
   */
  public DigitModes(EmbeddingNetwork classifier, ImageSource images, int batch) {
    if (classifier.classes() != DIGITS) {
      throw new IllegalArgumentException(
          "Cannot read digits: the classifier has %d classes, expected 10; train it on MNIST"
              .formatted(classifier.classes()));
    }
    if (images.channels() != CHANNELS) {
      throw new IllegalArgumentException(
          "Cannot read stacked digits: images have %d channels, expected 3"
              .formatted(images.channels()));
    }
    List<String> layers = List.copyOf(classifier.layers().keySet());
    this.embedder =
        new ImageEmbedder(
            classifier, layers.get(layers.size() - 1), Math.multiplyExact(batch, CHANNELS));
    this.channels = new ChannelImages(images);
  }

  /** Modes of {@code count} consecutive images, at most a batch. */
  public int[] of(long first, int count) throws IOException {
    int[] digits = embedder.classify(channels, first * CHANNELS, count * CHANNELS);
    int[] modes = new int[count];
    for (int i = 0; i < digits.length; i++) {
      modes[i / CHANNELS] = DIGITS * modes[i / CHANNELS] + digits[i];
    }
    return modes;
  }

  /**
   * Probabilities of some modes, the product of those of their three digits, for {@code count}
   * consecutive images, at most a batch.
   *
   * @param wanted modes asked for
   * @return for each image one for each mode asked for, in [0, 1]
   */
  public double[][] confidences(long first, int count, int[] wanted) throws IOException {
    float[] logits = embedder.embed(channels, first * CHANNELS, count * CHANNELS, false).logits();
    int[] digits = IntStream.range(0, DIGITS).toArray();
    double[][] confidences = new double[count][wanted.length];
    for (int image = 0; image < count; image++) {
      int start = image * CHANNELS * DIGITS;
      double[] red = ClassConfidence.of(logits, start, DIGITS, digits);
      double[] green = ClassConfidence.of(logits, start + DIGITS, DIGITS, digits);
      double[] blue = ClassConfidence.of(logits, start + 2 * DIGITS, DIGITS, digits);
      for (int i = 0; i < wanted.length; i++) {
        confidences[image][i] =
            red[wanted[i] / 100] * green[wanted[i] / 10 % 10] * blue[wanted[i] % 10];
      }
    }
    return confidences;
  }
}
