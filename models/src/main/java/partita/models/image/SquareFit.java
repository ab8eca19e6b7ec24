package partita.models.image;

/** How an oblong image becomes a square. */
public enum SquareFit {
  /** The centered square of the short edge, as IC-GAN prepares ImageNet. */
  CROP {
    @Override
    Image square(Image image) {
      int edge = Math.min(image.height(), image.width());
      return image.crop((image.height() - edge) / 2, (image.width() - edge) / 2, edge, edge);
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
}
