package partita.models.train;

import java.io.Serializable;

/**
 * How IC-GAN is trained.
 *
 * @param pairing which instance a fake pair is conditioned on
 * @param batch images in a micro-batch, real and as many fake
 * @param discriminatorSteps updates of the discriminator in each step
 * @param accumulations micro-batches whose gradients are averaged into one update, of either
 *     network
 * @param generatorRate Adam's learning rate for the generator
 * @param discriminatorRate Adam's learning rate for the discriminator
 * @param beta1 Adam's decay of the first moment
 * @param beta2 Adam's decay of the second moment
 * @param epsilon Adam's epsilon
 * @param averageDecay decay of the generator's moving average, which is what is sampled
 * @param averageStart step from which it averages; before, it copies
 * @param flipImages whether half of the real images are flipped from left to right
 * @param flipInstances whether half of the instances give the features of their flipped image; it
 *     has no effect where those were not computed
 * @param curveWindow steps that one point of the loss curve averages
 */
public record IcGanTraining(
    Pairing pairing,
    int batch,
    int discriminatorSteps,
    int accumulations,
    double generatorRate,
    double discriminatorRate,
    double beta1,
    double beta2,
    double epsilon,
    double averageDecay,
    long averageStart,
    boolean flipImages,
    boolean flipInstances,
    int curveWindow)
    implements Serializable {

  /** Which instance a fake pair of the discriminator's update is conditioned on. */
  public enum Pairing {
    /** One drawn independently of the real pair's, as the official code does. */
    REFERENCE,
    /** That of the real pair, as in equation 1 of the paper. */
    PAPER
  }

  public IcGanTraining {
    SettingErrors errors = new SettingErrors();
    // Batch normalization needs a batch.
    errors.atLeast(2, batch, "batchSize");
    errors.atLeast(1, discriminatorSteps, "discriminatorSteps");
    errors.atLeast(1, accumulations, "accumulations");
    errors.positive(generatorRate, "generatorLearningRate");
    errors.positive(discriminatorRate, "discriminatorLearningRate");
    errors.fraction(beta1, "beta1");
    errors.fraction(beta2, "beta2");
    errors.positive(epsilon, "epsilon");
    errors.fraction(averageDecay, "averageDecay");
    errors.atLeast(0, averageStart, "averageStart");
    errors.atLeast(1, curveWindow, "curveWindow");
    errors.throwIfAny("Cannot train IC-GAN");
  }

  /**
   * The official code at resolution 64 (paper, appendix B.2), with a smaller batch: rates 1e-4,
   * Adam (0, .999) with epsilon 1e-6, one discriminator update a step, average .9999 from step
   * 20,000.
   */
  public static IcGanTraining reference(int batch) {
    return new IcGanTraining(
        Pairing.REFERENCE, batch, 1, 1, 1e-4, 1e-4, 0, 0.999, 1e-6, 0.9999, 20_000, true, true, 10);
  }

  AdamConfig generatorAdam() {
    return new AdamConfig(generatorRate, beta1, beta2, epsilon, 0);
  }

  AdamConfig discriminatorAdam() {
    return new AdamConfig(discriminatorRate, beta1, beta2, epsilon, 0);
  }
}
