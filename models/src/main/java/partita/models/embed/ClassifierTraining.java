package partita.models.embed;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How a classifier is trained: Adam with the usual constants, its rate falling to 0 by a cosine.
 *
 * @param epochs passes over the training images
 * @param batch images in a batch
 * @param learningRate Adam's learning rate at the start
 * @param flips whether half of the images are flipped from left to right
 * @param curveWindow steps that one point of the loss curve averages
 */
public record ClassifierTraining(
    int epochs, int batch, double learningRate, boolean flips, int curveWindow)
    implements Serializable {

  public ClassifierTraining {
    List<String> errors = new ArrayList<>();
    if (epochs < 1) {
      errors.add("epochs is %d, expected at least 1".formatted(epochs));
    }
    // Batch normalization needs a batch.
    if (batch < 2) {
      errors.add("batchSize is %d, expected at least 2".formatted(batch));
    }
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      errors.add("learningRate is %s, expected a positive number".formatted(learningRate));
    }
    if (curveWindow < 1) {
      errors.add("curveWindow is %d, expected at least 1".formatted(curveWindow));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("Cannot train classifier: " + String.join("; ", errors));
    }
  }

  /** Steps that train on {@code images} images: the last batch may begin another epoch. */
  public long steps(long images) {
    return (epochs * images + batch - 1) / batch;
  }
}
