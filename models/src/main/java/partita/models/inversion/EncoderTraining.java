package partita.models.inversion;

import java.io.Serializable;
import partita.models.train.SettingErrors;

/**
 * How an {@link Encoder} is trained.
 *
 * @param steps steps in all
 * @param batch generated images a step
 * @param learningRate Adam's, with its usual constants
 * @param curveWindow steps that one point of the loss curve averages
 */
public record EncoderTraining(int steps, int batch, double learningRate, int curveWindow)
    implements Serializable {

  public EncoderTraining {
    SettingErrors errors = new SettingErrors();
    errors.atLeast(1, steps, "steps");
    // Batch normalization needs a batch.
    errors.atLeast(2, batch, "batchSize");
    errors.positive(learningRate, "learningRate");
    errors.atLeast(1, curveWindow, "curveWindow");
    errors.throwIfAny("Cannot train an encoder");
  }
}
