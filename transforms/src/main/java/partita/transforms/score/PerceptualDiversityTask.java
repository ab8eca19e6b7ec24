package partita.transforms.score;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import partita.models.metric.PairDistance;
import partita.models.metric.PerceptualDiversity;
import partita.models.network.Architecture;
import partita.transforms.score.PerceptualPairs.Pair;
import partita.transforms.score.PerceptualPairs.Part;
import partita.transforms.shard.ShardContext;

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
  public Figures figures(ShardContext context) throws IOException, InterruptedException {
    List<String> sources = ImagePaths.of(context, GENERATED);
    PerceptualDiversity diversity =
        new PerceptualPairs(architecture)
            .measure(
                context,
                known ->
                    diversity(
                        sources,
                        context.seed(),
                        (first, second) ->
                            known.applyAsDouble(new Pair(first, second, Part.WHOLE))),
                (network, images, view) -> network.maps(images, view.image()));
    return new Figures(naming, 0, sources.size())
        .add("lpips-diversity", definition(diversity.means()), diversity.value());
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
