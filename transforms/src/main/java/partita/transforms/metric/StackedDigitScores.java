package partita.transforms.metric;

import java.io.IOException;
import java.util.List;
import partita.models.embed.DigitModes;
import partita.models.metric.ModeHistogram;
import partita.models.network.EmbeddingNetwork;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.TableReader;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.feature.TrainClassifierTask;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardMeter;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * Modes that stacked digits cover, told by the classifier in the input {@code network}, and how far
 * that classifier can be trusted. Their protocol names how many images were scored: the reverse KL
 * divergence depends on it.
 */
final class StackedDigitScores {
  static final String ACCURACY = "accuracy";

  /** All of them. */
  static final List<String> NAMES =
      List.of(PointScores.MODES, PointScores.REVERSE_KL_LN, PointScores.REVERSE_KL_LOG10, ACCURACY);

  private final ShardContext context;
  private final String network;
  private final int batch;
  private final MetricRows.Row accuracy;

  /**
   * @param name name of the classifier, {@code mnist-classifier}
   * @param batch images classified at a time
   */
  StackedDigitScores(ShardContext context, String name, int batch) throws IOException {
    this.context = context;
    this.network = name + " " + context.input(Embedder.NETWORK).contentDigest();
    this.batch = batch;
    this.accuracy = accuracy(context);
  }

  /** Rows of generated images, drawn with a seed: all of a table. */
  MetricRows generated(TableReader samples, long sampleSeed)
      throws IOException, InterruptedException {
    int count = Math.toIntExact(samples.rows());
    return rows(
        histogram(samples, count), new MetricRows(sampleSeed, network, protocol(count)), 0, count);
  }

  /** Rows of real images: the first {@code count} of a table. */
  MetricRows real(TableReader images, int count) throws IOException, InterruptedException {
    String protocol = StackedDigitsCeilingTask.REAL_IMAGES + ", " + protocol(count);
    return rows(histogram(images, count), new MetricRows(-1, network, protocol), count, 0);
  }

  private static String protocol(int count) {
    return "stacked-mnist, %d images".formatted(count);
  }

  private ModeHistogram histogram(TableReader table, int count)
      throws IOException, InterruptedException {
    ShardMeter meter = new ShardMeter(context, "images", count);
    int[] modes = new int[count];
    try (SharedNetwork<EmbeddingNetwork> shared =
        NetworkArtifact.open(context, context.input(Embedder.NETWORK))) {
      DigitModes digits = new DigitModes(shared.network(), new MappedImages(table), batch);
      for (int first = 0; first < count; first += batch) {
        int wanted = Math.min(batch, count - first);
        System.arraycopy(digits.of(first, wanted), 0, modes, first, wanted);
        meter.count(wanted);
      }
    }
    return ModeHistogram.of(modes, DigitModes.MODES);
  }

  private MetricRows rows(ModeHistogram histogram, MetricRows rows, long real, long generated) {
    rows.add(PointScores.MODES, histogram.covered(), Double.NaN, real, generated);
    rows.add(PointScores.REVERSE_KL_LN, histogram.reverseKl(), Double.NaN, real, generated);
    rows.add(PointScores.REVERSE_KL_LOG10, histogram.reverseKlLog10(), Double.NaN, real, generated);
    rows.add(ACCURACY, accuracy.value(), Double.NaN, accuracy.realCount(), 0);
    return rows;
  }

  /** What the stage that trained the classifier found on its validation digits. */
  private static MetricRows.Row accuracy(ShardContext context) throws IOException {
    Manifest classifier = context.input(Embedder.NETWORK);
    if (classifier.files(TrainClassifierTask.METRICS).isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot score stacked digits: artifact %s does not say how well its network reads digits; use a classifier that a stage trained on MNIST"
              .formatted(classifier.stage()));
    }
    try (TableReader table = context.open(Embedder.NETWORK, TrainClassifierTask.METRICS)) {
      return MetricRows.read(table).stream()
          .filter(row -> row.metric().equals(ACCURACY))
          .findFirst()
          .orElseThrow();
    }
  }
}
