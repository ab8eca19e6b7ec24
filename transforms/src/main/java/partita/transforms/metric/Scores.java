package partita.transforms.metric;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import partita.models.metric.FeatureDiversity;
import partita.models.metric.FrechetDistance;
import partita.models.metric.InceptionScore;
import partita.models.metric.InceptionSplits;
import partita.models.metric.Manifold;
import partita.models.metric.Moments;
import partita.models.metric.Prdc;
import partita.models.metric.PrecisionRecall;
import partita.models.row.RowSource;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;

/** Scores one set of generated features, metric by metric. */
final class Scores {
  /** Fact set to 1 when a Frechet distance came from fewer rows than dimensions. */
  static final String FEW_ROWS = "frechet.fewerRowsThanDimensions";

  /** Fact set to 1 when the network gives no class scores, which the inception score is made of. */
  static final String NO_CLASSES = "inception.noClassScores";

  /** Figures of a full evaluation, without the network that is part of their names. */
  static final List<String> NAMES =
      List.of("fid", "is", "precision", "recall", "density", "coverage", "diversity");

  private final ShardContext context;
  private final Protocol protocol;
  private final MetricRows rows;
  private final RowSource generated;
  private final Map<String, Long> facts = new HashMap<>();
  private final long start = System.nanoTime();

  Scores(ShardContext context, Protocol protocol, MetricRows rows, RowSource generated) {
    this.context = context;
    this.protocol = protocol;
    this.rows = rows;
    this.generated = generated;
  }

  /** Adds {@code fid}: the Frechet distance over all rows. */
  void frechet(Moments real) throws IOException, InterruptedException {
    FrechetDistance distance = FrechetDistance.between(real, Moments.of(generated));
    if (distance.warning().isPresent()) {
      facts.put(FEW_ROWS, 1L);
    }
    add("fid", distance.value(), real.count(), generated.rows());
  }

  /** Adds {@code is}: the inception score of the generated rows' logits. */
  void inception(RowSource logits) throws IOException, InterruptedException {
    InceptionScore score =
        InceptionScore.ofLogits(logits, protocol.splits(), InceptionSplits.CONTIGUOUS);
    rows.add(protocol.name("is"), score.mean(), score.std(), 0, logits.rows());
    tell();
  }

  /** Says that there is no inception score, because the network gives no class scores. */
  void withoutClasses() {
    facts.put(NO_CLASSES, 1L);
  }

  /**
   * Adds precision and recall (Kynkaanniemi), density and coverage (Naeem) over at most {@link
   * Protocol#neighborRows} rows of the generated set.
   *
   * @param real balls about as many real rows at most
   */
  void neighbors(Manifold real) throws IOException, InterruptedException {
    int[] chosen =
        NeighborRows.of(generated, protocol.neighborRows(), context.seed(), "metric.generated");
    Manifold balls = Manifold.of(NeighborRows.select(generated, chosen), protocol.neighbors());
    long reals = real.features().rows();
    long generateds = balls.features().rows();
    PrecisionRecall improved = PrecisionRecall.of(real, balls);
    Prdc prdc = Prdc.of(real, balls);
    add("precision", improved.precision(), reals, generateds);
    add("recall", improved.recall(), reals, generateds);
    add("density", prdc.density(), reals, generateds);
    add("coverage", prdc.coverage(), reals, generateds);
  }

  /** Adds {@code diversity}: feature distance among samples of one instance. */
  void diversity(long[] instances) throws IOException, InterruptedException {
    FeatureDiversity diversity = FeatureDiversity.of(generated, instances);
    add("diversity", diversity.value(), 0, generated.rows());
  }

  /** What the figures should be read with. */
  Map<String, Long> facts() {
    return facts;
  }

  private void add(String metric, double value, long realCount, long generatedCount)
      throws IOException, InterruptedException {
    rows.add(protocol.name(metric), value, Double.NaN, realCount, generatedCount);
    tell();
  }

  private void tell() throws IOException, InterruptedException {
    int done = rows.rows().size();
    double rate = done / Math.max(1e-9, (System.nanoTime() - start) / 1e9);
    context.progress(new Progress(done, NAMES.size(), "metrics", rate, Map.of()));
    if (context.stopRequested()) {
      throw new InterruptedException("stopped after " + done + " metrics");
    }
  }
}
