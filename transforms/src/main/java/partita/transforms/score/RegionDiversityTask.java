package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import partita.models.metric.InstanceDiversity;
import partita.models.metric.InstanceDiversity.Variation;
import partita.models.network.Architecture;
import partita.transforms.score.PerceptualPairs.Pair;
import partita.transforms.score.PerceptualPairs.Part;
import partita.transforms.shard.ShardContext;

/**
 * How far changing the noise of one region changes that region and the rest. A subfolder of the
 * images {@link #GENERATED} holds those of one variation, and its first folder is the region's
 * class; the raw input {@link #MASKS} is a folder with a mask for each subfolder, of its path and
 * {@code .png}, other than 0 in the region. Network and learned weights are those of {@link
 * LpipsTask}.
 *
 * @param naming how the figures are named
 * @param architecture of the network
 */
public record RegionDiversityTask(Naming naming, Architecture architecture)
    implements GivenComparison {
  /** Raw input: the folder of masks. */
  public static final String MASKS = "masks";

  private static final String PAIRS =
      "LPIPS of all pairs of a variation, what is not seen set to 0, mean over ";

  /** Both means of the same variations. */
  private record Diversities(InstanceDiversity ofInstances, InstanceDiversity ofClasses) {}

  @Override
  public Figures figures(ShardContext context) throws IOException, InterruptedException {
    List<String> sources = ImagePaths.of(context, GENERATED);
    List<Variation> variations = variations(sources);
    RegionMasks masks = new RegionMasks(Path.of(context.inputs().file(MASKS)), sources);
    Diversities found =
        new PerceptualPairs(architecture)
            .measure(
                context,
                known -> diversities(variations, known),
                (network, images, view) ->
                    network.maps(images, view.image(), masks.seen(view, images)));
    return new Figures(naming, 0, sources.size())
        .add("mcsd", PAIRS + "classes", found.ofClasses().inside())
        .add("mocd", PAIRS + "classes", found.ofClasses().outside())
        .add("misd", PAIRS + "instances", found.ofInstances().inside())
        .add("moid", PAIRS + "instances", found.ofInstances().outside());
  }

  private static List<Variation> variations(List<String> sources) {
    List<String> classes = sources.stream().map(ImageGroups::top).distinct().toList();
    Map<String, List<Integer>> folders = new LinkedHashMap<>();
    for (int i = 0; i < sources.size(); i++) {
      folders
          .computeIfAbsent(ImageGroups.parent(sources.get(i)), absent -> new ArrayList<>())
          .add(i);
    }
    List<Variation> variations = new ArrayList<>();
    folders.forEach(
        (folder, images) ->
            variations.add(
                new Variation(
                    classes.indexOf(ImageGroups.top(folder + "/")),
                    images.stream().mapToInt(Integer::intValue).toArray())));
    return variations;
  }

  private static Diversities diversities(
      List<Variation> variations, ToDoubleFunction<Pair> distance) {
    InstanceDiversity.RegionDistance regions =
        new InstanceDiversity.RegionDistance() {
          @Override
          public double inside(Variation variation, int first, int second) {
            return distance.applyAsDouble(new Pair(first, second, Part.INSIDE));
          }

          @Override
          public double outside(Variation variation, int first, int second) {
            return distance.applyAsDouble(new Pair(first, second, Part.OUTSIDE));
          }
        };
    return new Diversities(
        InstanceDiversity.ofInstances(variations, regions),
        InstanceDiversity.ofClasses(variations, regions));
  }
}
