package partita.pipelines.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import partita.models.cluster.Reclustering;
import partita.models.gan.LabelGanTraining;
import partita.transforms.diversity.Selection;

/**
 * A self-conditioned GAN, or one of those it is compared with, as its YAML file says it.
 *
 * @param system {@code self-conditioned}
 * @param seed seed of everything; sampling seed s is {@code seed + s}
 * @param dataset points or images
 * @param embedding the network that scores images; of stacked digits a classifier of single ones
 * @param network architecture of generator and discriminator
 * @param cluster the partition
 * @param sample what is sampled at each committed step
 * @param evaluate how samples are scored
 * @param reconstruct whether and how the last generator reconstructs validation images; left out
 *     for points
 * @param diversity whether and which of its samples are shown by a classifier's confidence; left
 *     out for points
 * @param parallelism stage or family to how many of its shards run side by side at most
 */
public record SelfConditionedSettings(
    String system,
    long seed,
    GanDataSettings dataset,
    Optional<EmbeddingSettings> embedding,
    GanNetworkSettings network,
    ClusterSettings cluster,
    TrainSettings train,
    SampleSettings sample,
    EvaluateSettings evaluate,
    Optional<ReconstructSettings> reconstruct,
    Optional<DiversitySettings> diversity,
    Optional<Map<String, Long>> parallelism) {

  /** What is trained: where the labels that condition a GAN come from. */
  public enum Method {
    /** Clusters of the discriminator's features, made anew every so many steps. */
    SELF_CONDITIONED(true),
    /** The same, moved with every batch after a warm-up. */
    ONLINE(true),
    /** Labels drawn at random for every batch. */
    RANDOM_LABELS(false),
    /** The true classes. */
    CLASS(false),
    /** None: the unconditional GAN, packed or not. */
    GAN(false),
    /** The number of one of k generators (MGAN). */
    MGAN(false);

    private final boolean clusters;

    Method(boolean clusters) {
      this.clusters = clusters;
    }

    /** Whether it clusters. */
    boolean clusters() {
      return clusters;
    }

    /** Its name in YAML files. */
    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Which discriminator says what cluster a training row is in. */
  public enum LabelPreset {
    /** That of the last clustering, of the row as it is: the committed assignments. */
    COMMITTED,
    /** That of the last clustering, of the row as augmented, in every step: the official code. */
    FROZEN
  }

  /**
   * The partition.
   *
   * @param count number of clusters k; of random labels and of MGAN's generators too
   * @param every steps between two clusterings; divides {@code train.steps}, but online, where they
   *     move
   * @param subset rows that are clustered
   * @param restarts k-means++ starts of which the best is taken
   * @param iterations Lloyd iterations at most
   * @param initialization whether k-means starts from the old clusters (equation 2)
   * @param matching whether labels follow the old clusters (equation 3)
   * @param truth whether clusters are compared with the true classes
   * @param memory points that an online centroid remembers: it moves by 1 / min(count, memory); the
   *     official code has no such limit
   * @param starvedSteps steps without a point after which an online cluster begins anew
   */
  public record ClusterSettings(
      int count,
      long every,
      int subset,
      int restarts,
      int iterations,
      boolean initialization,
      boolean matching,
      boolean truth,
      long memory,
      long starvedSteps) {

    public ClusterSettings {
      List<String> errors = new ArrayList<>();
      if (count < 1
          || every < 1
          || restarts < 1
          || iterations < 1
          || memory < 1
          || starvedSteps < 1) {
        errors.add(
            "count is %d, every %d, restarts %d, iterations %d, memory %d and starvedSteps %d, expected at least 1 each"
                .formatted(count, every, restarts, iterations, memory, starvedSteps));
      }
      if (!errors.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", errors));
      }
    }

    /** How k-means is started, matched and repeated. */
    Reclustering reclustering() {
      return new Reclustering(count, restarts, iterations, initialization, matching);
    }
  }

  /**
   * How the GAN is trained; see {@link LabelGanTraining}.
   *
   * @param method where labels come from
   * @param labels which discriminator names the clusters of training rows
   * @param steps steps in all
   * @param segmentSteps steps between two committed artifacts, at which metrics are taken; divides
   *     {@code steps}, and {@code cluster.every} is a multiple
   * @param warmupSteps steps that the online variant trains on its first clusters
   * @param augment how real images are varied; left out for points
   */
  public record TrainSettings(
      Method method,
      LabelPreset labels,
      long steps,
      long segmentSteps,
      long warmupSteps,
      int batchSize,
      double generatorLearningRate,
      double discriminatorLearningRate,
      double beta1,
      double beta2,
      double epsilon,
      double r1Weight,
      double mixtureWeight,
      double averageDecay,
      long averageStart,
      Optional<AugmentSettings> augment,
      int curveWindow) {

    /** Each segment is several stages: far more would only fill the memory with their graph. */
    private static final int MOST_SEGMENTS = 1000;

    public TrainSettings {
      if (steps < 1 || segmentSteps < 1 || steps % segmentSteps != 0) {
        throw new IllegalArgumentException(
            "steps is %d and segmentSteps %d, expected steps to be a multiple of segmentSteps, both at least 1"
                .formatted(steps, segmentSteps));
      }
      if (steps / segmentSteps > MOST_SEGMENTS) {
        throw new IllegalArgumentException(
            "steps is %d and segmentSteps %d, expected at most %d segments; raise segmentSteps"
                .formatted(steps, segmentSteps, MOST_SEGMENTS));
      }
    }

    LabelGanTraining training() {
      return new LabelGanTraining(
          batchSize,
          generatorLearningRate,
          discriminatorLearningRate,
          beta1,
          beta2,
          epsilon,
          r1Weight,
          mixtureWeight,
          averageDecay,
          averageStart,
          curveWindow);
    }
  }

  /**
   * @param flips whether half of the real images are flipped from left to right
   * @param noise width of the uniform noise that is added, in [0, 1], where [-1, 1] is the range
   */
  public record AugmentSettings(boolean flips, double noise) {

    public AugmentSettings {
      if (!(noise >= 0 && noise <= 1)) {
        throw new IllegalArgumentException(
            "noise is %s, expected a number in [0, 1]".formatted(noise));
      }
    }
  }

  /**
   * @param averaged whether the generator's moving average is sampled, and not its last weights
   * @param count samples at each committed step
   */
  public record SampleSettings(boolean averaged, int count) {

    public SampleSettings {
      if (count < 1) {
        throw new IllegalArgumentException("count is " + count + ", expected at least 1");
      }
    }
  }

  /**
   * @param checkpoints last committed steps over which the summary averages
   * @param features how images are compared in the features of the network {@code embedding}; left
   *     out for points and stacked digits, whose modes are counted
   */
  public record EvaluateSettings(
      int checkpoints, Optional<IcGanSettings.EvaluateSettings> features) {

    public EvaluateSettings {
      if (checkpoints < 1) {
        throw new IllegalArgumentException(
            "checkpoints is " + checkpoints + ", expected at least 1");
      }
    }
  }

  /**
   * Samples of some classes, surest first.
   *
   * @param classes classes shown, spread evenly over those of the classifier; 0 for no sheet
   * @param samples samples shown of each
   */
  public record DiversitySettings(int classes, int samples) {

    public DiversitySettings {
      if (classes < 0 || samples < 1) {
        throw new IllegalArgumentException(
            "classes is %d and samples %d, expected at least 0 and 1".formatted(classes, samples));
      }
    }

    Selection selection() {
      return new Selection(classes, samples);
    }
  }

  public SelfConditionedSettings {
    List<String> errors = new ArrayList<>();
    Method method = train.method();
    boolean inTurn = method == Method.SELF_CONDITIONED;
    if (inTurn
        && (cluster.every() % train.segmentSteps() != 0 || train.steps() % cluster.every() != 0)) {
      errors.add(
          "cluster.every is %d, expected a multiple of train.segmentSteps (%d) that divides train.steps (%d)"
              .formatted(cluster.every(), train.segmentSteps(), train.steps()));
    }
    if (method.clusters() && cluster.count() > cluster.subset()) {
      errors.add(
          "cluster.count is %,d and cluster.subset %,d, expected at least as many rows as clusters"
              .formatted(cluster.count(), cluster.subset()));
    }
    if (method.clusters() && cluster.subset() > dataset.train()) {
      errors.add(
          "cluster.subset is %,d, expected at most dataset.train (%,d)"
              .formatted(cluster.subset(), dataset.train()));
    }
    if (network.packing() > 1 && method != Method.GAN) {
      errors.add(
          "network.packing is %d with train.method %s, expected 1, or train.method=gan"
              .formatted(network.packing(), method.word()));
    }
    if (method == Method.ONLINE
        && (train.warmupSteps() % train.segmentSteps() != 0
            || train.warmupSteps() < train.segmentSteps()
            || train.warmupSteps() >= train.steps())) {
      errors.add(
          "train.warmupSteps is %d, expected a multiple of train.segmentSteps (%d) below train.steps (%d)"
              .formatted(train.warmupSteps(), train.segmentSteps(), train.steps()));
    }
    if (evaluate.checkpoints() > train.steps() / train.segmentSteps()) {
      errors.add(
          "evaluate.checkpoints is %d, expected at most the %d segments of training"
              .formatted(evaluate.checkpoints(), train.steps() / train.segmentSteps()));
    }
    if (train.labels() == LabelPreset.FROZEN && !method.clusters()) {
      errors.add(
          "train.labels is frozen and train.method %s, which has no clusters; expected committed"
              .formatted(method.word()));
    }
    if (sample.averaged() && train.averageDecay() == 0) {
      errors.add(
          "sample.averaged is true and train.averageDecay 0, expected a decay above 0 (0.999, say) for an average to sample");
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", errors));
    }
  }
}
