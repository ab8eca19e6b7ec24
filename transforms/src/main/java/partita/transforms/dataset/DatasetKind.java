package partita.transforms.dataset;

/** Generators and formats of data sets. */
public enum DatasetKind {
  /** Scenes of textured shapes with maps and true attributes. */
  SPRITES,
  /** Eight Gaussians on a circle of radius 1, as the self-conditioned GAN paper has it. */
  RING2D,
  /** The same on a circle of radius 2, as the paper's code has it. */
  RING2D_CODE,
  /** Twenty-five Gaussians on a grid. */
  GRID2D,
  /** IDX files: MNIST, Fashion-MNIST and whatever else comes in this format. */
  IDX,
  /** Binary batches of CIFAR-10. */
  CIFAR10,
  /** Image files, in class folders or not. */
  FOLDER
}
