package partita.models.gan;

import java.io.Serializable;
import partita.models.train.AdamConfig;
import partita.models.train.SettingErrors;

/**
 * How a GAN conditioned on labels or on nothing is trained.
 *
 * @param batch samples that D judges in an update, real and as many fake; packs where it judges
 *     several together
 * @param generatorRate Adam's learning rate for the generator
 * @param discriminatorRate Adam's learning rate for the discriminator
 * @param beta1 Adam's decay of the first moment
 * @param beta2 Adam's decay of the second moment
 * @param epsilon Adam's epsilon
 * @param r1Weight weight of the squared gradient at real samples, without the factor 1/2; 0 for
 *     none
 * @param mixtureWeight weight of the generators' recognizability in G's loss (MGAN's beta), without
 *     effect on networks that are no mixture
 * @param averageDecay decay of the generator's moving average, which is what is sampled; 0 for none
 * @param averageStart step from which it averages; before, it copies
 * @param curveWindow steps that one point of the loss curve averages
 */
public record LabelGanTraining(
    int batch,
    double generatorRate,
    double discriminatorRate,
    double beta1,
    double beta2,
    double epsilon,
    double r1Weight,
    double mixtureWeight,
    double averageDecay,
    long averageStart,
    int curveWindow)
    implements Serializable {

  public LabelGanTraining {
    SettingErrors errors = new SettingErrors();
    // Batch normalization needs a batch.
    errors.atLeast(2, batch, "batchSize");
    errors.positive(generatorRate, "generatorLearningRate");
    errors.positive(discriminatorRate, "discriminatorLearningRate");
    errors.fraction(beta1, "beta1");
    errors.fraction(beta2, "beta2");
    errors.positive(epsilon, "epsilon");
    errors.notNegative(r1Weight, "r1Weight");
    errors.notNegative(mixtureWeight, "mixtureWeight");
    errors.fraction(averageDecay, "averageDecay");
    errors.atLeast(0, averageStart, "averageStart");
    errors.atLeast(1, curveWindow, "curveWindow");
    errors.throwIfAny("Cannot train a GAN");
  }

  /**
   * The authors' code on points (Liu et al., 2d_mix): batch 100, rates 1e-4, Adam (.8, .999), no
   * gradient penalty, no moving average; MGAN's beta .125.
   */
  public static LabelGanTraining ofPoints() {
    return new LabelGanTraining(100, 1e-4, 1e-4, 0.8, 0.999, 1e-8, 0, 0.125, 0, 0, 10);
  }

  /** The same with a gradient penalty of a weight. */
  public LabelGanTraining withR1(double weight) {
    return new LabelGanTraining(
        batch,
        generatorRate,
        discriminatorRate,
        beta1,
        beta2,
        epsilon,
        weight,
        mixtureWeight,
        averageDecay,
        averageStart,
        curveWindow);
  }

  AdamConfig generatorAdam() {
    return new AdamConfig(generatorRate, beta1, beta2, epsilon, 0);
  }

  AdamConfig discriminatorAdam() {
    return new AdamConfig(discriminatorRate, beta1, beta2, epsilon, 0);
  }
}
