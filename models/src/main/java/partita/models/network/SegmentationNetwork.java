package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** A network that says of each pixel which class it is of. */
public interface SegmentationNetwork {

  /** Owner of the weights. */
  NDManager manager();

  /**
   * Scores of the classes at each position.
   *
   * @param images float32 {@code [N, 3, H, W]}, RGB in [-1, 1]
   * @return {@code [N, classes, H', W']}, before the softmax; often coarser than the images
   */
  NDArray scores(NDArray images);
}
