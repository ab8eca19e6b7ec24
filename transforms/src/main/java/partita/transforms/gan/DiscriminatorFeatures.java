package partita.transforms.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.Arrays;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelDiscriminator;
import partita.models.gan.LabelGan;
import partita.models.gan.RealData;
import partita.models.layer.Mode;
import partita.models.op.Gradients;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;
import partita.models.train.NetworkWeights;
import partita.models.train.TrainingState;

/**
 * What a trained discriminator makes of unaugmented data: its last hidden layer, in evaluation
 * mode.
 */
final class DiscriminatorFeatures {
  private static final int BATCH = 500;

  private final NDManager manager;
  private final LabelDiscriminator discriminator;
  private final RealData data;
  private final int width;

  /** The discriminator of a training state; its arrays belong to the manager. */
  DiscriminatorFeatures(
      NDManager manager, GanNetworks networks, TrainingState state, RealData data) {
    this.manager = manager;
    this.data = data;
    this.width = networks.featureWidth();
    this.discriminator = networks.discriminator(manager);
    NetworkWeights.load(
        discriminator,
        LabelGan.DISCRIMINATOR,
        NetworkWeights.trained(state, LabelGan.DISCRIMINATOR));
  }

  /** Features {@code [rows, featureWidth]} of some rows. */
  RowSource of(long[] rows) throws IOException {
    float[] features = new float[Math.multiplyExact(rows.length, width)];
    for (int first = 0; first < rows.length; first += BATCH) {
      long[] batch = Arrays.copyOfRange(rows, first, Math.min(rows.length, first + BATCH));
      try (NDManager scratch = manager.newSubManager();
          Gradients.Recording paused = Gradients.pause()) {
        NDArray found = discriminator.features(data.plain(scratch, batch), Mode.EVALUATION);
        float[] values = found.toFloatArray();
        found.close();
        System.arraycopy(values, 0, features, first * width, values.length);
      }
    }
    return new ArrayRows(features, width);
  }
}
