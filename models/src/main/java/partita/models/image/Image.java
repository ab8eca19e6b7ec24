package partita.models.image;

/**
 * An image of bytes, {@code [C, H, W]} uint8 in 0..255, channel planes after each other.
 *
 * @param channels 1 (gray) or 3 (red, green, blue)
 * @param height rows
 * @param width columns
 * @param pixels {@code channels * height * width} bytes, row by row from the top; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Image(int channels, int height, int width, byte[] pixels) {
  // Weights of ITU-R BT.601 luma (0.299, 0.587, 0.114) in 16-bit fixed point, as PIL rounds them.
  private static final int RED = 19595;
  private static final int GREEN = 38470;
  private static final int BLUE = 7471;

  public Image {
    checkChannels(channels);
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "Cannot hold an image of " + height + " x " + width + ": expected at least 1 x 1");
    }
    long expected = (long) channels * height * width;
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "Cannot hold an image [%d, %d, %d] in %d bytes: expected %d"
              .formatted(channels, height, width, pixels.length, expected));
    }
  }

  /** Refuses a number of channels that no image here has. */
  public static void checkChannels(int channels) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "Cannot hold an image of "
              + channels
              + " channels: expected 1 (gray) or 3 (red, green, blue)");
    }
  }

  /** One value in 0..255. */
  public int value(int channel, int y, int x) {
    return pixels[(channel * height + y) * width + x] & 0xFF;
  }

  /**
   * The same picture with 1 or 3 channels: gray is repeated; color becomes BT.601 luma, equal to
   * PIL's {@code convert("L")}.
   */
  public Image withChannels(int wanted) {
    checkChannels(wanted);
    if (wanted == channels) {
      return this;
    }
    int plane = height * width;
    byte[] result = new byte[wanted * plane];
    if (wanted == 3) {
      for (int channel = 0; channel < 3; channel++) {
        System.arraycopy(pixels, 0, result, channel * plane, plane);
      }
    } else {
      for (int i = 0; i < plane; i++) {
        int red = pixels[i] & 0xFF;
        int green = pixels[plane + i] & 0xFF;
        int blue = pixels[2 * plane + i] & 0xFF;
        result[i] = (byte) ((red * RED + green * GREEN + blue * BLUE + 0x8000) >> 16);
      }
    }
    return new Image(wanted, height, width, result);
  }

  /** The rectangle of {@code rows x columns} whose top left corner is {@code (top, left)}. */
  public Image crop(int top, int left, int rows, int columns) {
    if (top < 0 || left < 0 || top + rows > height || left + columns > width) {
      throw new IllegalArgumentException(
          "Cannot crop %d x %d at (%d, %d): the image is %d x %d"
              .formatted(rows, columns, top, left, height, width));
    }
    byte[] result = new byte[channels * rows * columns];
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < rows; y++) {
        int from = (channel * height + top + y) * width + left;
        System.arraycopy(pixels, from, result, (channel * rows + y) * columns, columns);
      }
    }
    return new Image(channels, rows, columns, result);
  }
}
