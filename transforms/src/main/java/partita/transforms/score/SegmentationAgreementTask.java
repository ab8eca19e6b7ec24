package partita.transforms.score;

import java.io.IOException;
import partita.models.metric.ConfusionCounts;
import partita.models.metric.SegmentationAgreement;
import partita.transforms.dataset.DatasetException;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardMeter;

/**
 * Agreement of the label maps found in generated images, {@link #GENERATED}, with the layouts of
 * the same names, {@link #REAL}.
 *
 * @param naming how the figures are named
 * @param classes number of classes, 0 for as many as the network has
 */
public record SegmentationAgreementTask(Naming naming, int classes) implements GivenComparison {

  @Override
  public Figures figures(ShardContext context) throws IOException, InterruptedException {
    try (LabelMaps layouts = MapSources.open(context, REAL);
        LabelMaps found = MapSources.open(context, GENERATED)) {
      if (!layouts.names().equals(found.names())) {
        throw new DatasetException(
            "Cannot compare label maps: the names of layouts and images no longer pair up; did a folder change?");
      }
      int known = found.classes(classes);
      ConfusionCounts counts = new ConfusionCounts(known);
      int maps = layouts.names().size();
      ShardMeter meter = new ShardMeter(context, "maps", maps);
      for (int i = 0; i < maps; i++) {
        LabelMap layout = layouts.read(i).within(known, true);
        LabelMap map = found.read(i).within(known, false);
        requireSameSize(layout, map);
        counts.add(layout.labels(), map.labels());
        meter.count();
      }
      SegmentationAgreement agreement = SegmentationAgreement.of(counts);
      return new Figures(naming, maps, maps)
          .add("miou", "all pixels at once, mean over classes that occur", agreement.meanIou())
          .add("pixel-accuracy", "all labeled pixels at once", agreement.pixelAccuracy());
    }
  }

  private static void requireSameSize(LabelMap layout, LabelMap map) {
    if (layout.height() != map.height() || layout.width() != map.width()) {
      throw new DatasetException(
          "Cannot compare label map %s with %s: it is %d x %d, expected %d x %d"
              .formatted(
                  map.name(),
                  layout.name(),
                  map.width(),
                  map.height(),
                  layout.width(),
                  layout.height()));
    }
  }
}
