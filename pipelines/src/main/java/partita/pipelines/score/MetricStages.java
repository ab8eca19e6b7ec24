package partita.pipelines.score;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import partita.models.embed.FidProtocol;
import partita.models.metric.CovarianceEstimate;
import partita.models.metric.InceptionScore;
import partita.models.metric.InceptionSplits;
import partita.models.metric.KernelDistance;
import partita.models.metric.Prdc;
import partita.models.metric.PrecisionRecall;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.metric.MomentsTask;
import partita.transforms.metric.RadiiTask;
import partita.transforms.score.BootstrapTask;
import partita.transforms.score.Comparison;
import partita.transforms.score.FrechetTask;
import partita.transforms.score.InceptionTask;
import partita.transforms.score.KernelTask;
import partita.transforms.score.Naming;
import partita.transforms.score.PrdcTask;
import partita.transforms.score.PrecisionRecallTask;
import partita.transforms.score.StratifiedFrechetTask;

/**
 * The stages behind features. Moments and radii of the reference are artifacts of their own, whose
 * keys hold all that its features depend on: files, size, network, protocol and split.
 */
final class MetricStages {
  private static final int BLOCKS_PER_SHARD = 4;
  private static final int RADII_PER_SHARD = 4096;

  private final ScoreRequest request;
  private final Naming naming;
  private final Optional<Stage> real;
  private final CovarianceEstimate estimate;
  private final InceptionSplits cut;
  private final int subsetRows;

  /**
   * @param real features of the reference, absent when no metric compares with one
   * @param fewest rows of the smallest set
   */
  MetricStages(ScoreRequest request, Naming naming, Optional<Stage> real, long fewest) {
    this.request = request;
    this.naming = naming;
    this.real = real;
    this.estimate =
        request.protocol().map(FidProtocol::covariance).orElse(CovarianceEstimate.SAMPLE);
    this.cut = request.protocol().map(FidProtocol::splits).orElse(InceptionSplits.CONTIGUOUS);
    this.subsetRows = (int) Math.min(KernelDistance.SUBSET_ROWS, fewest);
  }

  private Stage real() {
    return real.orElseThrow();
  }

  /** The stage that writes a metric's figures of one generated set. */
  Stage figures(ScoreMetric metric, Stage generated, int set) {
    String name = metric.word() + "@" + set;
    return switch (metric) {
      case FID ->
          stage(name, new FrechetTask(naming, estimate), moments(real()), moments(generated));
      case IS ->
          Stage.of(
              name,
              new InceptionTask(naming, InceptionScore.SPLITS, cut),
              0,
              Map.of(Comparison.GENERATED, generated));
      case KID ->
          stage(
              name, new KernelTask(naming, KernelDistance.SUBSETS, subsetRows), real(), generated);
      case PR ->
          balls(
              name,
              new PrecisionRecallTask(naming, PrecisionRecall.K),
              PrecisionRecall.K,
              generated);
      case PRDC -> balls(name, new PrdcTask(naming, Prdc.K), Prdc.K, generated);
      case FID_STRATIFIED ->
          new Stage(
              name,
              new StratifiedFrechetTask(naming),
              0,
              Map.of(Comparison.REAL, real(), Comparison.GENERATED, generated),
              request.options().strata(set));
      default ->
          throw new IllegalArgumentException("Cannot compute %s of features".formatted(metric));
    };
  }

  /** The stage that writes an interval, if one was asked for and the metric has one. */
  Optional<Stage> interval(ScoreMetric metric, Stage generated, int set) {
    Optional<BootstrapTask.Figure> figure =
        switch (metric) {
          case FID -> Optional.of(BootstrapTask.Figure.FID);
          case IS -> Optional.of(BootstrapTask.Figure.IS);
          default -> Optional.empty();
        };
    if (request.bootstrap() == 0 || figure.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Stage> inputs = new LinkedHashMap<>();
    inputs.put(Comparison.GENERATED, generated);
    if (metric != ScoreMetric.IS) {
      inputs.put(Comparison.REAL, moments(real()));
    }
    BootstrapTask task =
        new BootstrapTask(
            figure.get(), naming, estimate, InceptionScore.SPLITS, cut, request.bootstrap());
    return Optional.of(Stage.of(metric.word() + "-interval@" + set, task, 0, inputs));
  }

  private static Stage stage(String name, Comparison task, Stage real, Stage generated) {
    return Stage.of(name, task, 0, Map.of(Comparison.REAL, real, Comparison.GENERATED, generated));
  }

  private Stage balls(String name, Comparison task, int k, Stage generated) {
    return Stage.of(
        name,
        task,
        0,
        Map.of(
            Comparison.REAL,
            real(),
            Comparison.GENERATED,
            generated,
            PrecisionRecallTask.REAL_RADII,
            radii(real(), k),
            PrecisionRecallTask.GENERATED_RADII,
            radii(generated, k)));
  }

  private static Stage moments(Stage features) {
    return Stage.of(
        features.name().replace("features@", "moments@"),
        new MomentsTask(ImageSetIngest.ALL, BLOCKS_PER_SHARD),
        0,
        Map.of(MomentsTask.FEATURES, features));
  }

  private static Stage radii(Stage features, int k) {
    return Stage.of(
        features.name().replace("features@", "radii-" + k + "@"),
        new RadiiTask(ImageSetIngest.ALL, k, Integer.MAX_VALUE, RADII_PER_SHARD),
        0,
        Map.of(MomentsTask.FEATURES, features));
  }
}
