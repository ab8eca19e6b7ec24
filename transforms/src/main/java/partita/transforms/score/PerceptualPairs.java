package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import partita.models.embed.KeptMaps;
import partita.models.embed.PerceptualMaps;
import partita.models.embed.PerceptualNetwork;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;
import partita.models.train.ImageSource;
import partita.models.weights.WeightFile;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardMeter;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * Computes a metric of the perceptual distances of pairs of generated images. The metric is asked
 * twice: first which distances it needs, with 0 for each, and then for its value. In between each
 * distance is computed once, which can be watched and stopped.
 *
 * @param architecture of the network; inputs are those of {@link LpipsTask}
 */
record PerceptualPairs(Architecture architecture) {
  /** Bytes of maps kept: a group of ten images of 256x256 by VGG16, the largest, takes 340 MB. */
  private static final long MOST_BYTES = 1L << 29;

  /** An image as a metric sees it: whole, or a part of it. */
  record View(int image, Part part) {}

  /** What of an image is seen. */
  enum Part {
    WHOLE,
    INSIDE,
    OUTSIDE
  }

  /** Two images of which the same part is seen. */
  record Pair(int first, int second, Part part) {}

  /** A metric of distances. */
  @FunctionalInterface
  interface Metric<T> {
    /** Its value; asks for the same pairs whatever the distances are. */
    T of(ToDoubleFunction<Pair> distances);
  }

  /** Makes the maps of a view. */
  @FunctionalInterface
  interface Look {
    PerceptualMaps at(PerceptualNetwork network, ImageSource images, View view) throws IOException;
  }

  /**
   * The value of a metric.
   *
   * @param look makes the maps of what is seen
   */
  <T> T measure(ShardContext context, Metric<T> metric, Look look)
      throws IOException, InterruptedException {
    Set<Pair> asked = new LinkedHashSet<>();
    metric.of(
        pair -> {
          asked.add(pair);
          return 0;
        });
    Map<Pair, Double> distances = distances(context, asked, look);
    return metric.of(distances::get);
  }

  private Map<Pair, Double> distances(ShardContext context, Set<Pair> pairs, Look look)
      throws IOException, InterruptedException {
    Map<Pair, Double> distances = new HashMap<>();
    ShardMeter meter = new ShardMeter(context, "pairs", pairs.size());
    try (SharedNetwork<PretrainedNetwork> shared =
            NetworkArtifact.openUnprepared(context, context.input(LpipsTask.NETWORK));
        WeightFile linear = WeightFile.open(Path.of(context.inputs().file(LpipsTask.LINEAR)));
        TableReader table = context.open(Comparison.GENERATED, ImageSetIngest.ALL)) {
      PerceptualNetwork network = PerceptualNetwork.open(shared.network(), architecture, linear);
      MappedImages images = new MappedImages(table);
      try (KeptMaps<View> maps =
          new KeptMaps<>(view -> look.at(network, images, view), MOST_BYTES)) {
        for (Pair pair : pairs) {
          PerceptualMaps first = maps.of(new View(pair.first(), pair.part()));
          PerceptualMaps second = maps.of(new View(pair.second(), pair.part()));
          distances.put(pair, network.distance(first, second));
          meter.count();
        }
      }
    }
    return distances;
  }
}
