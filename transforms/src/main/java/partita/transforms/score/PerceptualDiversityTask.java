package partita.transforms.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import partita.models.embed.PerceptualNetwork;
import partita.models.metric.PairDistance;
import partita.models.metric.PerceptualDiversity;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;
import partita.models.weights.WeightFile;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * How much generated images of one condition differ. The subfolders that the images {@link
 * #GENERATED} lay in group them as the protocol says; network and learned weights are those of
 * {@link LpipsTask}. No real set takes part.
 *
 * @param naming how the figure is named
 * @param architecture of the network
 * @param protocol which pairs are compared
 */
public record PerceptualDiversityTask(
    Naming naming, Architecture architecture, DiversityProtocol protocol)
    implements GivenComparison {

  @Override
  public Figures figures(ShardContext context) throws IOException {
    List<String> sources = SegmentedImages.sources(context, GENERATED);
    try (SharedNetwork<PretrainedNetwork> shared =
            NetworkArtifact.openUnprepared(context, context.input(LpipsTask.NETWORK));
        WeightFile linear = WeightFile.open(Path.of(context.inputs().file(LpipsTask.LINEAR)));
        TableReader table = context.open(GENERATED, ImageSetIngest.ALL)) {
      PerceptualNetwork network = PerceptualNetwork.open(shared.network(), architecture, linear);
      MappedImages images = new MappedImages(table);
      PairDistance distance =
          (first, second) -> {
            try {
              return network.distance(images, first, second);
            } catch (IOException e) {
              throw new UncheckedIOException(e.getMessage(), e);
            }
          };
      PerceptualDiversity diversity = diversity(sources, context.seed(), distance);
      return new Figures(naming, 0, sources.size())
          .add("lpips-diversity", definition(diversity.means()), diversity.value());
    }
  }

  private PerceptualDiversity diversity(List<String> sources, long seed, PairDistance distance) {
    if (protocol == DiversityProtocol.IC_GAN) {
      Map<String, Long> numbers = new HashMap<>();
      long[] conditions =
          sources.stream()
              .map(ImageGroups::parent)
              .mapToLong(folder -> numbers.computeIfAbsent(folder, next -> (long) numbers.size()))
              .toArray();
      return PerceptualDiversity.ofConditions(conditions, distance);
    }
    // Sorted by path, the images of a group come one after the other, in the order of the layouts.
    int groups = (int) sources.stream().map(ImageGroups::top).distinct().count();
    return PerceptualDiversity.ofGroups(
        groups, sources.size() / groups, PerceptualDiversity.GROUPS, seed, distance);
  }

  private String definition(int means) {
    return protocol == DiversityProtocol.IC_GAN
        ? "ic-gan: all pairs of each condition"
        : "inade: %d draws of two groups, image by image".formatted(means);
  }
}
