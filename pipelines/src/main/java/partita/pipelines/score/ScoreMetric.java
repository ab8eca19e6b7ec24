package partita.pipelines.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  /** Frechet distances of frequent, less frequent and rare classes. */
  FID_STRATIFIED(2),
  /** Perceptual distance of image i to image i. */
  LPIPS(2),
  /** Mean intersection over union of layouts and label maps. */
  MIOU(Subject.MAPS),
  /** Share of the pixels whose class is that of the layout. */
  PIXEL_ACCURACY(Subject.MAPS),
  /** Frechet segmentation distance. */
  FSD(Subject.MAPS),
  /** Normalized mutual information of clusters and classes. */
  NMI(Subject.LABELS),
  /** Purity of clusters. */
  PURITY(Subject.LABELS),
  /** How often samples have the attribute that they were asked for. */
  ATTRIBUTE_ACCURACY(Subject.LABELS),
  /** Modes covered by samples. */
  MODES(Subject.LABELS),
  /** Divergence of the samples' modes from equally likely ones. */
  REVERSE_KL(Subject.LABELS),
  /** Share of points near a mean of their mixture. */
  HIGH_QUALITY(Subject.LABELS),
  /** Perceptual distance of images of one condition. */
  LPIPS_DIVERSITY(Subject.GROUPS),
  /** Mean class-specific diversity: change in a class whose noise changes. */
  MCSD(Subject.GROUPS),
  /** Mean other-classes diversity: change elsewhere. */
  MOCD(Subject.GROUPS),
  /** Mean instance-specific diversity: change in an instance whose noise changes. */
  MISD(Subject.GROUPS),
  /** Mean other-instances diversity: change elsewhere. */
  MOID(Subject.GROUPS);

  /** What a metric looks at; metrics of one command look at the same. */
  enum Subject {
    SETS("sets of images or features"),
    MAPS("label maps"),
    LABELS("labels or points"),
    GROUPS("images in subfolders");

    private final String text;

    Subject(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  private static final Set<ScoreMetric> WITHOUT_REFERENCE =
      EnumSet.of(IS, MODES, REVERSE_KL, HIGH_QUALITY, LPIPS_DIVERSITY, MCSD, MOCD, MISD, MOID);

  private final int fewest;
  private final Subject subject;

  ScoreMetric(int fewest) {
    this.fewest = fewest;
    this.subject = Subject.SETS;
  }

  ScoreMetric(Subject subject) {
    this.fewest = 1;
    this.subject = subject;
  }

  /** Name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What it looks at. */
  Subject subject() {
    return subject;
  }

  /** Whether a figure of its stage is one of its own: stages of some write those of several. */
  boolean gives(String figure) {
    return subject == Subject.SETS || figure.split("\\(", 2)[0].equals(word());
  }

  /** Fewest rows of a set that it can be computed of. */
  int fewest() {
    return fewest;
  }

  /** Whether it is computed of the features of the one network that all others share. */
  boolean ofFeatures() {
    return subject == Subject.SETS && this != LPIPS;
  }

  /** Whether it compares two sets; the others look at the generated set alone. */
  boolean compares() {
    return !WITHOUT_REFERENCE.contains(this);
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
