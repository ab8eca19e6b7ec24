package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import partita.models.embed.PerceptualNetwork;
import partita.models.metric.PairedDistance;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;
import partita.models.train.ImageSource;
import partita.models.weights.WeightFile;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.metric.MetricRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * Mean perceptual distance of each generated image to the real image of the same row; the standard
 * deviation is over the pairs. Inputs {@link #REAL} and {@link #GENERATED} are images, as many and
 * as large in both; {@link #NETWORK} is the network, and the raw input {@link #LINEAR} the file of
 * the learned weights.
 *
 * @param naming how the figure is named
 * @param architecture of the network
 * @param batch pairs compared at a time
 */
public record LpipsTask(Naming naming, Architecture architecture, int batch) implements Comparison {
  /** Input with the network. */
  public static final String NETWORK = "network";

  /** Raw input: the learned weights. */
  public static final String LINEAR = "linear";

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (SharedNetwork<PretrainedNetwork> shared =
            NetworkArtifact.openUnprepared(context, context.input(NETWORK));
        WeightFile linear = WeightFile.open(Path.of(context.inputs().file(LINEAR)));
        TableReader real = context.open(REAL, ImageSetIngest.ALL);
        TableReader generated = context.open(GENERATED, ImageSetIngest.ALL)) {
      PerceptualNetwork network = PerceptualNetwork.open(shared.network(), architecture, linear);
      double[] distances =
          distances(network, new MappedImages(real), new MappedImages(generated), context);
      PairedDistance distance = PairedDistance.of(distances);
      MetricRows rows = naming.rows("image i with image i, deviation over the pairs");
      rows.add(naming.of("lpips"), distance.mean(), distance.std(), real.rows(), generated.rows());
      return ShardResult.of(rows.write(context));
    }
  }

  private double[] distances(
      PerceptualNetwork network, ImageSource real, ImageSource generated, ShardContext context)
      throws IOException, InterruptedException {
    double[] distances = new double[Math.toIntExact(real.rows())];
    ShardMeter meter = new ShardMeter(context, "pairs", distances.length);
    for (int first = 0; first < distances.length; first += batch) {
      int count = Math.min(batch, distances.length - first);
      double[] found = network.distances(real, generated, first, count);
      System.arraycopy(found, 0, distances, first, count);
      meter.count(count);
    }
    return distances;
  }
}
