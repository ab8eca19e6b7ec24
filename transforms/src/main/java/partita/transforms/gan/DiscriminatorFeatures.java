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
import partita.transforms.shard.ShardContext;

/**
 * What a trained discriminator makes of unaugmented data: its last hidden layer, in evaluation
 * mode.
 */
final class DiscriminatorFeatures {
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final ShardContext context;
  private final NDManager manager;
  private final LabelDiscriminator discriminator;
  private final RealData data;
  private final int width;
  private final int batch;

  /** The discriminator of a training state; its arrays belong to the manager. */
  DiscriminatorFeatures(
      ShardContext context,
      NDManager manager,
      GanNetworks networks,
      TrainingState state,
      RealData data) {
    this.context = context;
    this.manager = manager;
    this.data = data;
    this.width = networks.featureWidth();
    this.batch = SampleBatch.of(networks);
    this.discriminator = networks.discriminator(manager);
    NetworkWeights.load(
        discriminator,
        LabelGan.DISCRIMINATOR,
        NetworkWeights.trained(state, LabelGan.DISCRIMINATOR));
  }

  /**
   * Features {@code [rows, featureWidth]} of some rows.
   *
   * @throws InterruptedException when the shard is to stop
   */
  RowSource of(long[] rows) throws IOException, InterruptedException {
    float[] features = space(rows.length, width, Runtime.getRuntime().maxMemory());
    for (int first = 0; first < rows.length; first += batch) {
      if (context.stopRequested()) {
        throw new InterruptedException("stopped after the features of " + first + " rows");
      }
      long[] some = Arrays.copyOfRange(rows, first, Math.min(rows.length, first + batch));
      try (NDManager scratch = manager.newSubManager();
          Gradients.Recording paused = Gradients.pause()) {
        NDArray found = discriminator.features(data.plain(scratch, some), Mode.EVALUATION);
        float[] values = found.toFloatArray();
        found.close();
        System.arraycopy(values, 0, features, first * width, values.length);
      }
    }
    return new ArrayRows(features, width);
  }

  /**
   * Room for features, which k-means reads many times.
   *
   * @param heap bytes that Java may use
   * @throws IllegalArgumentException when they would take more than three quarters of the heap, or
   *     than an array can hold
   */
  static float[] space(int rows, int width, long heap) {
    long bytes = (long) Float.BYTES * rows * width;
    long most = Math.min(heap / 4 * 3, (long) Float.BYTES * LARGEST_ARRAY);
    if (bytes > most) {
      throw new IllegalArgumentException(
          "Cannot hold the features of %,d rows: of %,d dimensions each they take %,d MB, expected at most %,d MB; lower cluster.subset, or give Java more memory (-Xmx)"
              .formatted(rows, width, bytes >> 20, most >> 20));
    }
    return new float[rows * width];
  }
}
