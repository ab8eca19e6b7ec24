package partita.models.image;

/**
 * Antialiased resampling in two passes, columns first, in the arithmetic of PIL's {@code
 * Image.resize} for 8-bit images: weights rounded to 22 fractional bits, each pass rounded and
 * clipped to a byte. Papers crop and shrink with PIL, and other resizers move the Frechet distance
 * (clean-fid), so the bytes should be the same.
 */
public final class Resampler {
  // 8 bits of result and 2 bits of head room for negative lobes leave 22 of 32.
  private static final int FRACTION_BITS = 32 - 8 - 2;
  private static final int HALF = 1 << (FRACTION_BITS - 1);

  private Resampler() {}

  /** The image at {@code height x width}; the same object when it has that size. */
  public static Image resize(Image image, int height, int width, Filter filter) {
    Image wide = image.width() == width ? image : alongRows(image, width, filter);
    return wide.height() == height ? wide : alongColumns(wide, height, filter);
  }

  private static Image alongRows(Image image, int width, Filter filter) {
    Taps taps = Taps.of(image.width(), width, filter);
    int lines = image.channels() * image.height();
    byte[] source = image.pixels();
    byte[] result = new byte[lines * width];
    for (int line = 0; line < lines; line++) {
      int base = line * image.width();
      for (int x = 0; x < width; x++) {
        int[] weights = taps.weights[x];
        int from = base + taps.first[x];
        int sum = HALF;
        for (int i = 0; i < weights.length; i++) {
          sum += (source[from + i] & 0xFF) * weights[i];
        }
        result[line * width + x] = clip(sum);
      }
    }
    return new Image(image.channels(), image.height(), width, result);
  }

  private static Image alongColumns(Image image, int height, Filter filter) {
    Taps taps = Taps.of(image.height(), height, filter);
    int width = image.width();
    byte[] source = image.pixels();
    byte[] result = new byte[image.channels() * height * width];
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int y = 0; y < height; y++) {
        int[] weights = taps.weights[y];
        int from = (channel * image.height() + taps.first[y]) * width;
        int to = (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          int sum = HALF;
          for (int i = 0; i < weights.length; i++) {
            sum += (source[from + i * width + x] & 0xFF) * weights[i];
          }
          result[to + x] = clip(sum);
        }
      }
    }
    return new Image(image.channels(), height, width, result);
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }

  /**
   * For each target position the first source position and the weights from there on, normalized to
   * one before they are rounded.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Taps(int[] first, int[][] weights) {

    static Taps of(int source, int target, Filter filter) {
      double scale = (double) source / target;
      double stretch = Math.max(scale, 1);
      double support = filter.support() * stretch;
      int[] first = new int[target];
      int[][] weights = new int[target][];
      for (int i = 0; i < target; i++) {
        double center = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) (center - support + 0.5));
        int end = Math.min(source, (int) (center + support + 0.5));
        double[] exact = new double[end - first[i]];
        double sum = 0;
        for (int j = 0; j < exact.length; j++) {
          exact[j] = filter.weight((j + first[i] - center + 0.5) * (1 / stretch));
          sum += exact[j];
        }
        weights[i] = rounded(exact, sum);
      }
      return new Taps(first, weights);
    }

    private static int[] rounded(double[] exact, double sum) {
      int[] weights = new int[exact.length];
      for (int j = 0; j < exact.length; j++) {
        double scaled = exact[j] / sum * (1 << FRACTION_BITS);
        weights[j] = (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
      }
      return weights;
    }
  }
}
