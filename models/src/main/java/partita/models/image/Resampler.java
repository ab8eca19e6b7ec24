package partita.models.image;

import java.util.Arrays;

/**
 * Antialiased resampling in two passes, along the rows first, in the arithmetic of PIL's {@code
 * Image.resize} for 8-bit images: weights rounded to 22 fractional bits, each pass rounded and
 * clipped to a byte. Papers crop and shrink with PIL, and other resizers move the Frechet distance
 * (clean-fid), so the bytes should be the same.
 *
 * <p>Both passes add whole lines, each an array of ints of its own, for such loops become vector
 * instructions; so the first pass adds columns.
 */
public final class Resampler {
  private static final int HALF = 1 << (Taps.FRACTION_BITS - 1);

  /** Rows of a transposed strip: so many cache lines are read side by side. */
  private static final int STRIP = 64;

  private Resampler() {}

  /** The image at {@code height x width}; the same object when it has that size. */
  public static Image resize(Image image, int height, int width, Filter filter) {
    if (image.height() == height && image.width() == width) {
      return image;
    }
    Taps columns = Taps.of(image.width(), width, filter);
    Taps rows = Taps.of(image.height(), height, filter);
    byte[] result = new byte[image.channels() * height * width];
    for (int channel = 0; channel < image.channels(); channel++) {
      int[][] lines =
          image.width() == width
              ? rows(image, channel)
              : transposed(resample(columns(image, channel), columns));
      lines = image.height() == height ? lines : resample(lines, rows);
      for (int y = 0; y < height; y++) {
        int to = (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          result[to + x] = (byte) lines[y][x];
        }
      }
    }
    return new Image(image.channels(), height, width, result);
  }

  private static int[][] rows(Image image, int channel) {
    byte[] pixels = image.pixels();
    int[][] rows = new int[image.height()][image.width()];
    int from = channel * image.height() * image.width();
    for (int[] row : rows) {
      for (int x = 0; x < row.length; x++) {
        row[x] = pixels[from + x] & 0xFF;
      }
      from += row.length;
    }
    return rows;
  }

  private static int[][] columns(Image image, int channel) {
    byte[] pixels = image.pixels();
    int height = image.height();
    int width = image.width();
    int[][] columns = new int[width][height];
    for (int top = 0; top < height; top += STRIP) {
      int bottom = Math.min(height, top + STRIP);
      for (int x = 0; x < width; x++) {
        int[] column = columns[x];
        int from = channel * height * width + x;
        for (int y = top; y < bottom; y++) {
          column[y] = pixels[from + y * width] & 0xFF;
        }
      }
    }
    return columns;
  }

  private static int[][] transposed(int[][] lines) {
    int[][] result = new int[lines[0].length][lines.length];
    for (int y = 0; y < lines.length; y++) {
      int[] line = lines[y];
      for (int x = 0; x < line.length; x++) {
        result[x][y] = line[x];
      }
    }
    return result;
  }

  /** Makes each target line of a weighted sum of source lines of values 0 .. 255. */
  private static int[][] resample(int[][] source, Taps taps) {
    int width = source[0].length;
    int[][] result = new int[taps.first().length][width];
    int[] sum = new int[width];
    for (int y = 0; y < result.length; y++) {
      Arrays.fill(sum, HALF);
      int[] weights = taps.weights()[y];
      int line = taps.first()[y];
      int i = 0;
      for (; i + 3 < weights.length; i += 4) {
        addFour(source, line + i, weights, i, sum);
      }
      for (; i < weights.length; i++) {
        add(source[line + i], weights[i], sum);
      }
      clip(sum, result[y]);
    }
    return result;
  }

  /** The sum is loaded and stored once for four lines. */
  private static void addFour(int[][] source, int line, int[] weights, int i, int[] sum) {
    addFour(
        source[line],
        source[line + 1],
        source[line + 2],
        source[line + 3],
        weights[i],
        weights[i + 1],
        weights[i + 2],
        weights[i + 3],
        sum);
  }

  private static void addFour(
      int[] p, int[] q, int[] r, int[] s, int a, int b, int c, int d, int[] sum) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += p[x] * a + q[x] * b + r[x] * c + s[x] * d;
    }
  }

  private static void add(int[] line, int weight, int[] sum) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += line[x] * weight;
    }
  }

  private static void clip(int[] sum, int[] result) {
    for (int x = 0; x < sum.length; x++) {
      result[x] = Math.max(0, Math.min(255, sum[x] >> Taps.FRACTION_BITS));
    }
  }
}
