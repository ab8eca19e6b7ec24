package partita.models.train;

import java.io.Serializable;

/**
 * Adam's constants.
 *
 * @param learningRate positive step size
 * @param beta1 decay of the first moment, in [0, 1)
 * @param beta2 decay of the second moment, in [0, 1)
 * @param epsilon added to the root of the second moment
 * @param weightDecay L2 penalty that is added to the gradient
 */
public record AdamConfig(
    double learningRate, double beta1, double beta2, double epsilon, double weightDecay)
    implements Serializable {

  public AdamConfig {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException(
          "Cannot train with learning rate " + learningRate + ": expected a positive number");
    }
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "Cannot train with Adam betas (%s, %s): expected both in [0, 1)".formatted(beta1, beta2));
    }
    if (!(epsilon >= 0) || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "Cannot train with Adam epsilon %s and weight decay %s: expected both at least 0"
              .formatted(epsilon, weightDecay));
    }
  }

  /** The usual constants: betas (0.9, 0.999), epsilon 1e-8, no weight decay. */
  public static AdamConfig of(double learningRate) {
    return new AdamConfig(learningRate, 0.9, 0.999, 1e-8, 0);
  }
}
