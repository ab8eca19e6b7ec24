package partita.pipelines.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import partita.models.metric.InceptionScore;
import partita.models.metric.Prdc;
import partita.models.metric.PrecisionRecall;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;

/** What two sets can be scored by. */
public enum ScoreMetric {
  /** Frechet distance; FID if the features are the official Inception's. */
  FID(2),
  /** Inception score of the generated set, which needs class scores. */
  IS(InceptionScore.SPLITS),
  /** Kernel distance; KID if the features are the official Inception's. */
  KID(2),
  /** Improved precision and recall (Kynkaanniemi). */
  PR(PrecisionRecall.K + 1),
  /** Precision, recall, density and coverage (Naeem). */
  PRDC(Prdc.K + 1),
  /** Perceptual distance of image i to image i. */
  LPIPS(2);

  private final int fewest;

  ScoreMetric(int fewest) {
    this.fewest = fewest;
  }

  /** Name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Fewest rows of a set that it can be computed of. */
  int fewest() {
    return fewest;
  }

  /** Whether it is computed of the features of the one network that all others share. */
  boolean ofFeatures() {
    return this != LPIPS;
  }

  /** Whether it compares two sets; the others look at the generated set alone. */
  boolean compares() {
    return this != IS;
  }

  /**
   * The metrics of a list of names, in this order and each once.
   *
   * @throws BadInputException naming the nearest for a name that is none, or when there are none
   */
  public static List<ScoreMetric> of(List<String> names) {
    List<String> words = Arrays.stream(values()).map(ScoreMetric::word).toList();
    List<ScoreMetric> metrics = new ArrayList<>();
    for (String name : names) {
      metrics.add(
          Arrays.stream(values())
              .filter(metric -> metric.word().equals(name.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() -> NearestName.unknown("metric", name, words)));
    }
    if (metrics.isEmpty()) {
      throw new BadInputException(
          "Cannot score without a metric: expected --metrics=NAME,... of " + words);
    }
    return metrics.stream().distinct().sorted().toList();
  }
}
