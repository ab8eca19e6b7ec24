package partita.transforms.dataset;

/** Generators and formats of image data sets. */
public enum DatasetKind {
  /** Scenes of textured shapes with maps and true attributes. */
  SPRITES,
  /** IDX files: MNIST, Fashion-MNIST and whatever else comes in this format. */
  IDX,
  /** Three digits of MNIST's IDX files in the channels of one image. */
  STACKED_MNIST,
  /** Binary batches of CIFAR-10. */
  CIFAR10,
  /** Image files, in class folders or not. */
  FOLDER
}
