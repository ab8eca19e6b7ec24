package partita.models.gan;

import ai.djl.ndarray.NDManager;
import partita.models.synthetic.GaussianMixture;
import partita.models.train.MemorySink;
import partita.models.train.Trainer;
import partita.models.train.TrainerOptions;

/** A small GAN on the grid of Gaussians. */
final class ToyGan {
  static final int ROWS = 60;
  static final int LABELS = 3;
  static final int FEATURES = 5;
  static final MlpNetworks CONDITIONAL =
      new MlpNetworks(GanNetworks.Labeling.EMBEDDED, LABELS, 1, 2, 4, 6, FEATURES, 3);

  static final TrainerOptions OPTIONS = new TrainerOptions(4, 1e9);

  private ToyGan() {}

  static PointData points() {
    GaussianMixture mixture = GaussianMixture.grid();
    float[] points = new float[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      GaussianMixture.Point point = mixture.point(1, row);
      points[2 * row] = point.x();
      points[2 * row + 1] = point.y();
    }
    return new PointData(points);
  }

  static LabelGanTraining training(double r1Weight, double averageDecay) {
    return new LabelGanTraining(
        8, 0.01, 0.02, 0.8, 0.999, 1e-8, r1Weight, 0.125, averageDecay, 2, 4);
  }

  static Trainer trainer(
      NDManager manager, MlpNetworks networks, LabelGanTraining training, LabelSource labels) {
    LabelGan gan = new LabelGan(manager, networks, training, points(), labels, 5);
    return new Trainer(gan.system(), new MemorySink(), OPTIONS);
  }
}
