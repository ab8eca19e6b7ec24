package partita.models.layer;

/**
 * Where a convolution looks: the size of its kernel, the distance of the positions that are kept,
 * and the zeros that are put around the image.
 *
 * @param height rows of the kernel
 * @param width columns of the kernel
 * @param stride distance in pixels, the same in both directions
 * @param above rows of zeros above the image, and as many below
 * @param beside columns of zeros to the left of the image, and as many to the right
 */
public record Window(int height, int width, int stride, int above, int beside) {
  public Window {
    if (height < 1 || width < 1 || stride < 1 || above < 0 || beside < 0) {
      throw new IllegalArgumentException(
          "Cannot convolve by %d x %d at stride %d with padding %d, %d: expected sizes of at least 1"
              .formatted(height, width, stride, above, beside));
    }
  }

  /** A square at stride 1 that keeps the size of the image. */
  public static Window square(int side) {
    return of(side, side);
  }

  /** A rectangle of odd sides at stride 1 that keeps the size of the image. */
  public static Window of(int height, int width) {
    return new Window(height, width, 1, (height - 1) / 2, (width - 1) / 2);
  }

  /** The same at another stride. */
  public Window withStride(int newStride) {
    return new Window(height, width, newStride, above, beside);
  }

  /** The same with other padding, alike on all sides. */
  public Window withPadding(int padding) {
    return new Window(height, width, stride, padding, padding);
  }
}
