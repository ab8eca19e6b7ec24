package partita.pipelines.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.models.inversion.EncoderTraining;
import partita.models.inversion.LatentSearchSettings;

/**
 * Reconstruction of validation images by the trained generator (Liu et al., CVPR 2020, section
 * 4.4.2 and appendix C.3): an encoder is trained, then latent vectors are searched from what it
 * says.
 *
 * @param images validation images that are reconstructed, 0 for none and no encoder
 * @param encoder how the encoder is trained
 * @param steps of Adam for each image
 * @param learningRate Adam's, in units of z
 * @param featureWeight weight of the encoder's features beside pixels, 5e-4 in the paper
 * @param lpips networks that measure LPIPS; only pixels are compared if left out
 */
public record ReconstructSettings(
    int images,
    EncoderSettings encoder,
    int steps,
    double learningRate,
    double featureWeight,
    Optional<LpipsSettings> lpips) {

  /**
   * @param steps steps in all
   * @param batchSize generated images a step
   * @param learningRate Adam's
   */
  public record EncoderSettings(int steps, int batchSize, double learningRate) {

    EncoderTraining training(int curveWindow) {
      return new EncoderTraining(steps, batchSize, learningRate, curveWindow);
    }
  }

  /**
   * LPIPS v0.1.
   *
   * @param network {@code alexnet}, {@code vgg-16} or {@code squeezenet}
   * @param weights its file, or the http(s) URL of one
   * @param sha256 of the file of weights, 64 hexadecimal digits; a URL needs it
   * @param learned file of the learned weights of the network's layers
   */
  public record LpipsSettings(
      ImportedNetwork network, String weights, Optional<String> sha256, String learned) {

    /** The network as others are imported. */
    EmbeddingSettings.Imported imported() {
      return new EmbeddingSettings.Imported(
          network, Optional.empty(), weights, sha256, Optional.empty(), false);
    }
  }

  public ReconstructSettings {
    List<String> errors = new ArrayList<>();
    if (images < 0) {
      errors.add("images is %d, expected at least 0".formatted(images));
    }
    if (images == 0 && lpips.isPresent()) {
      errors.add("lpips is given and images 0, expected images to measure it of");
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", errors));
    }
  }

  LatentSearchSettings search() {
    return new LatentSearchSettings(steps, learningRate, featureWeight);
  }
}
