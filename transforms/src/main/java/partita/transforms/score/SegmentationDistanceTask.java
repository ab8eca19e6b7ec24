package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.SegmentationDistance;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardMeter;

/**
 * Frechet segmentation distance of the label maps of both sides.
 *
 * @param naming how the figure is named
 * @param classes number of classes, 0 for as many as the network has
 */
public record SegmentationDistanceTask(Naming naming, int classes) implements GivenComparison {

  @Override
  public Figures figures(ShardContext context) throws IOException, InterruptedException {
    try (LabelMaps real = MapSources.open(context, REAL);
        LabelMaps generated = MapSources.open(context, GENERATED)) {
      int known = real.classes(classes);
      ShardMeter meter =
          new ShardMeter(context, "maps", real.names().size() + (long) generated.names().size());
      SegmentationDistance distance =
          SegmentationDistance.of(
              real.shares(known, meter), generated.shares(generated.classes(known), meter));
      return new Figures(naming, real.names().size(), generated.names().size())
          .add(
              "fsd",
              "shares of %d classes in percent, covariance / (n - 1)".formatted(known),
              distance.value());
    }
  }
}
