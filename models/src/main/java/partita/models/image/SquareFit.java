package partita.models.image;

/** How an oblong image becomes a square. */
public enum SquareFit {
  /**
   * The centered square of the short edge, as IC-GAN prepares ImageNet. Where no pixel is the
   * middle, torchvision's {@code center_crop} rounds the margin to the even number, and so does
   * this.
   */
  CROP {
    @Override
    Image square(Image image) {
      int edge = Math.min(image.height(), image.width());
      return image.crop(margin(image.height(), edge), margin(image.width(), edge), edge, edge);
    }
  },
  /** The whole image, its aspect ratio given up, as IC-GAN prepares COCO-Stuff. */
  SQUASH {
    @Override
    Image square(Image image) {
      return image;
    }
  };

  abstract Image square(Image image);

  private static int margin(int length, int edge) {
    return (int) Math.rint((length - edge) / 2.0);
  }
}
