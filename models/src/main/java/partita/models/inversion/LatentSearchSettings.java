package partita.models.inversion;

import java.io.Serializable;
import partita.models.train.SettingErrors;

/**
 * How a {@link LatentSearch} goes.
 *
 * @param steps of Adam
 * @param learningRate Adam's, in units of z, with its usual constants
 * @param featureWeight weight of the encoder's features beside pixels, lambda_f; the paper's is
 *     5e-4
 */
public record LatentSearchSettings(int steps, double learningRate, double featureWeight)
    implements Serializable {

  public LatentSearchSettings {
    SettingErrors errors = new SettingErrors();
    errors.atLeast(1, steps, "steps");
    errors.positive(learningRate, "learningRate");
    errors.notNegative(featureWeight, "featureWeight");
    errors.throwIfAny("Cannot search latent vectors");
  }
}
