package partita.pipelines.system;

import java.util.Locale;
import java.util.stream.Stream;
import partita.transforms.dataset.PointIngest;
import partita.transforms.dataset.PointMixture;

/**
 * Points of a mixture of Gaussians, drawn with the experiment's seed.
 *
 * @param kind {@code ring-paper}, {@code ring-code} or {@code grid}
 * @param train points to train on
 * @param validation points that training never sees
 */
public record PointSettings(PointMixture kind, int train, int validation)
    implements GanDataSettings {
  private static final int POINTS_PER_SHARD = 1 << 16;

  public PointSettings {
    if (train < 1 || validation < 1) {
      throw new IllegalArgumentException(
          "train is %d and validation %d, expected at least 1 point each"
              .formatted(train, validation));
    }
  }

  /** Whether points of this kind are drawn. */
  static boolean draws(String kind) {
    return Stream.of(PointMixture.values()).anyMatch(mixture -> nameOf(mixture).equals(kind));
  }

  @Override
  public String name() {
    return nameOf(kind);
  }

  private static String nameOf(PointMixture mixture) {
    return mixture.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  PointIngest ingest() {
    return new PointIngest(kind, train, validation, POINTS_PER_SHARD);
  }
}
