package partita.models.train;

/** What a class-conditional BigGAN learns from, in the same order of rows. */
public record LabeledImages(ImageSource images, Labels labels) {

  public LabeledImages {
    if (images.rows() != labels.rows()) {
      throw new IllegalArgumentException(
          "Cannot train on classes: found %d labels for %d images; run the stage that made them again"
              .formatted(labels.rows(), images.rows()));
    }
  }
}
