package partita.transforms.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import partita.models.embed.PerceptualNetwork;
import partita.models.metric.InstanceDiversity;
import partita.models.metric.InstanceDiversity.Variation;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;
import partita.models.weights.WeightFile;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

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

  @Override
  public Figures figures(ShardContext context) throws IOException {
    List<String> sources = SegmentedImages.sources(context, GENERATED);
    List<String> folders = sources.stream().map(ImageGroups::parent).distinct().toList();
    List<String> classes = sources.stream().map(ImageGroups::top).distinct().toList();
    try (SharedNetwork<PretrainedNetwork> shared =
            NetworkArtifact.openUnprepared(context, context.input(LpipsTask.NETWORK));
        WeightFile linear = WeightFile.open(Path.of(context.inputs().file(LpipsTask.LINEAR)));
        TableReader table = context.open(GENERATED, ImageSetIngest.ALL)) {
      Masked distance =
          new Masked(
              PerceptualNetwork.open(shared.network(), architecture, linear),
              new MappedImages(table));
      List<Variation> variations = new ArrayList<>();
      for (String folder : folders) {
        Variation variation =
            new Variation(
                classes.indexOf(ImageGroups.top(folder + "/")),
                IntStream.range(0, sources.size())
                    .filter(i -> ImageGroups.parent(sources.get(i)).equals(folder))
                    .toArray());
        Path mask = Path.of(context.inputs().file(MASKS)).resolve(folder + ".png");
        distance.masks.put(variation, LabelMap.read(mask));
        variations.add(variation);
      }
      return figures(variations, distance, sources.size());
    }
  }

  private Figures figures(List<Variation> variations, Masked distance, int images) {
    InstanceDiversity ofInstances = InstanceDiversity.ofInstances(variations, distance);
    InstanceDiversity ofClasses = InstanceDiversity.ofClasses(variations, distance);
    String pairs = "LPIPS of all pairs of a variation, what is not seen set to 0, mean over ";
    return new Figures(naming, 0, images)
        .add("mcsd", pairs + "classes", ofClasses.inside())
        .add("mocd", pairs + "classes", ofClasses.outside())
        .add("misd", pairs + "instances", ofInstances.inside())
        .add("moid", pairs + "instances", ofInstances.outside());
  }

  /** Distances within and without the masks, each computed once. */
  private static final class Masked implements InstanceDiversity.RegionDistance {
    private final Map<Variation, LabelMap> masks = new HashMap<>();
    private final Map<List<Integer>, Double> known = new HashMap<>();
    private final PerceptualNetwork network;
    private final MappedImages images;

    Masked(PerceptualNetwork network, MappedImages images) {
      this.network = network;
      this.images = images;
    }

    @Override
    public double inside(Variation variation, int first, int second) {
      return distance(variation, first, second, 1);
    }

    @Override
    public double outside(Variation variation, int first, int second) {
      return distance(variation, first, second, 0);
    }

    /** An image is of one variation, so the pair tells which. */
    private double distance(Variation variation, int first, int second, int seenInside) {
      return known.computeIfAbsent(
          List.of(first, second, seenInside),
          key -> {
            try {
              return network.distance(images, first, second, seen(variation, seenInside));
            } catch (IOException e) {
              throw new UncheckedIOException(e.getMessage(), e);
            }
          });
    }

    private float[] seen(Variation variation, int seenInside) {
      LabelMap mask = masks.get(variation);
      if (mask.height() != images.height() || mask.width() != images.width()) {
        throw new DatasetException(
            "Cannot use mask %s: it is %d x %d, expected %d x %d as its images are"
                .formatted(
                    mask.name(), mask.width(), mask.height(), images.width(), images.height()));
      }
      float[] seen = new float[mask.labels().length];
      int inside = 0;
      for (int i = 0; i < seen.length; i++) {
        inside += mask.labels()[i] == 0 ? 0 : 1;
        seen[i] = mask.labels()[i] == 0 ? 1 - seenInside : seenInside;
      }
      if (inside == 0) {
        throw new DatasetException(
            "Cannot use mask %s: all its pixels are 0, expected others in the region"
                .formatted(mask.name()));
      }
      return seen;
    }
  }
}
