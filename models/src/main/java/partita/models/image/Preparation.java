package partita.models.image;

import java.io.Serializable;

/**
 * What happens to a raw image before it is stored: channels, then the fit to a square, then the
 * resolution. The order is that of the official code, which converts to RGB when it reads a file,
 * so that transparency has no part in resampling.
 *
 * @param resolution edge of the stored square in pixels
 * @param channels 1 or 3
 * @param fit how an oblong image becomes a square
 * @param filter resampling kernel
 */
public record Preparation(int resolution, int channels, SquareFit fit, Filter filter)
    implements Serializable {

  public Preparation {
    if (resolution < 1) {
      throw new IllegalArgumentException(
          "Cannot prepare images of resolution " + resolution + ": expected at least 1");
    }
    Image.checkChannels(channels);
  }

  /** As the IC-GAN reference prepares ImageNet: crop to the short edge, then PIL's bilinear. */
  public static Preparation icGan(int resolution, int channels) {
    return new Preparation(resolution, channels, SquareFit.CROP, Filter.BILINEAR);
  }

  /** The image as {@code [channels, resolution, resolution]}. */
  public Image apply(Image image) {
    Image square = fit.square(image.withChannels(channels));
    return Resampler.resize(square, resolution, resolution, filter);
  }
}
