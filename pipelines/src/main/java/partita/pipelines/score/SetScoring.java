package partita.pipelines.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.embed.FidProtocol;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.schemas.artifact.ArtifactStore;
import partita.transforms.score.Comparison;
import partita.transforms.score.Naming;
import partita.transforms.score.SharedImagesTask;

/** The stages that compare sets of images, or of their features, with a reference. */
final class SetScoring {
  private static final String UNNAMED = "unnamed features";
  private static final String GIVEN = "given features";

  private final ScoreRequest request;
  private final Optional<ScoredSet> real;

  /** What the generated sets are to be like: the reference, or the first of them. */
  private final ScoredSet first;

  private final List<ScoredSet> generated;
  private final boolean images;
  private final List<Long> fewestOfStratum;
  private final List<Stage> targets = new ArrayList<>();
  private final List<List<ScoreGraph.Scored>> scored = new ArrayList<>();

  /**
   * @param real the reference, absent when no metric compares with one
   * @param generated what is compared with it
   * @throws BadInputException when they cannot be scored so
   */
  SetScoring(ScoreRequest request, Optional<ScoredSet> real, List<ScoredSet> generated) {
    this.request = request;
    this.real = real;
    this.generated = generated;
    this.first = real.orElse(generated.get(0));
    this.images = first.content() instanceof ScoredSet.Images;
    for (ScoredSet set : generated) {
      scored.add(new ArrayList<>());
      if (set.content() instanceof ScoredSet.Images != images) {
        throw new BadInputException(
            "Cannot score %s against %s: one holds images and the other features; expected both alike"
                .formatted(set.given(), first.given()));
      }
    }
    requireEnough();
    fewestOfStratum =
        request.metrics().contains(ScoreMetric.FID_STRATIFIED)
            ? request.options().checkStrata(real.orElseThrow(), generated)
            : List.of();
  }

  private void requireEnough() {
    for (ScoreMetric metric : request.metrics()) {
      for (ScoredSet set : generated) {
        long rows =
            metric.compares() ? Math.min(real.orElseThrow().rows(), set.rows()) : set.rows();
        if (rows < metric.fewest()) {
          throw new BadInputException(
              "Cannot compute %s of %s: a set has %d rows, expected at least %d"
                  .formatted(metric.word(), set.given(), rows, metric.fewest()));
        }
      }
    }
  }

  private long fewest() {
    long generatedRows = generated.stream().mapToLong(ScoredSet::rows).min().orElseThrow();
    return Math.min(real.map(ScoredSet::rows).orElse(Long.MAX_VALUE), generatedRows);
  }

  ScoreGraph graph(ArtifactStore store) throws IOException {
    return images ? ofImages(store) : ofFeatures();
  }

  private ScoreGraph ofImages(ArtifactStore store) throws IOException {
    Optional<PerceptualScoring> lpips = request.lpips().map(PerceptualScoring::open);
    Optional<ScoringNetwork> network = network(store);
    real.ifPresent(set -> targets.add(set.stage()));
    generated.forEach(set -> targets.add(set.stage()));
    List<String> shared = real.isPresent() ? compareImages(real.get(), lpips) : List.of();
    network.ifPresent(
        embedding ->
            score(
                embedding.naming(),
                real.map(embedding::features),
                generated.stream().map(embedding::features).toList()));
    Naming naming = network.map(ScoringNetwork::naming).orElseGet(() -> lpips.get().naming());
    return graph(naming, network.map(ScoringNetwork::width).orElse(0), shared);
  }

  /**
   * Adds the stages that look at pixels.
   *
   * @return names of those that count shared images
   */
  private List<String> compareImages(ScoredSet reference, Optional<PerceptualScoring> lpips) {
    List<String> shared = new ArrayList<>();
    for (int i = 0; i < generated.size(); i++) {
      Stage stage =
          Stage.of(
              "shared@" + i,
              new SharedImagesTask(),
              0,
              Map.of(
                  Comparison.REAL, reference.stage(),
                  Comparison.GENERATED, generated.get(i).stage()));
      targets.add(stage);
      shared.add(stage.name());
      if (lpips.isPresent()) {
        Stage compared = lpips.get().compare(reference, generated.get(i), i);
        targets.add(compared);
        scored
            .get(i)
            .add(new ScoreGraph.Scored(ScoreMetric.LPIPS, compared.name(), Optional.empty()));
      }
    }
    return shared;
  }

  /** The network that embeds, unless nothing is computed of features. */
  private Optional<ScoringNetwork> network(ArtifactStore store) throws IOException {
    if (request.metrics().stream().noneMatch(ScoreMetric::ofFeatures)) {
      return Optional.empty();
    }
    String given =
        request
            .network()
            .orElseThrow(
                () ->
                    new BadInputException(
                        "Cannot score images without a network: name its file of weights by --network=FILE"));
    ScoringNetwork network = ScoringNetwork.open(given, request.protocol(), store);
    requireClasses(network.classes(), network.naming().network());
    return Optional.of(network);
  }

  private ScoreGraph ofFeatures() {
    ScoredSet.Features reference = (ScoredSet.Features) first.content();
    int classes = Integer.MAX_VALUE;
    for (ScoredSet set : generated) {
      ScoredSet.Features features = (ScoredSet.Features) set.content();
      requireComparable(reference, features, set);
      classes = Math.min(classes, features.classes());
    }
    if (request.lpips().isPresent()) {
      throw new BadInputException(
          "Cannot compute lpips of features: it needs the images; name both sets as images, or leave lpips out");
    }
    requireClasses(classes, "the features");
    String name =
        request
            .network()
            .orElse(reference.network().map(digest -> digest.substring(0, 12)).orElse(UNNAMED));
    Naming naming =
        new Naming(
            name,
            reference.network().orElse(""),
            false,
            request.protocol().map(FidProtocol::word).orElse(GIVEN));
    score(naming, real.map(ScoredSet::stage), generated.stream().map(ScoredSet::stage).toList());
    return graph(naming, reference.width(), List.of());
  }

  private void requireComparable(
      ScoredSet.Features reference, ScoredSet.Features features, ScoredSet set) {
    if (features.width() != reference.width()) {
      throw new BadInputException(
          "Cannot score %s against %s: features have %d and %d dimensions, expected equal; use one network for both"
              .formatted(set.given(), first.given(), features.width(), reference.width()));
    }
    Optional<String> one = reference.network();
    Optional<String> other = features.network();
    if (one.isPresent() && other.isPresent() && !one.equals(other)) {
      throw new BadInputException(
          "Cannot score %s against %s: their features come from different networks, %.12s and %.12s; embed both with one"
              .formatted(set.given(), first.given(), other.get(), one.get()));
    }
  }

  private void requireClasses(int classes, String what) {
    if (request.metrics().contains(ScoreMetric.IS) && classes == 0) {
      throw new BadInputException(
          "Cannot compute is: %s give no class scores; name images and a network that has classes, or leave is out"
              .formatted(what));
    }
  }

  /** Adds the stages behind features. */
  private void score(Naming naming, Optional<Stage> realFeatures, List<Stage> generatedFeatures) {
    MetricStages stages = new MetricStages(request, naming, realFeatures, fewest());
    for (int i = 0; i < generatedFeatures.size(); i++) {
      for (ScoreMetric metric : request.metrics()) {
        if (metric.ofFeatures()) {
          Stage figures = stages.figures(metric, generatedFeatures.get(i), i);
          Optional<Stage> interval = stages.interval(metric, generatedFeatures.get(i), i);
          targets.add(figures);
          interval.ifPresent(targets::add);
          scored
              .get(i)
              .add(new ScoreGraph.Scored(metric, figures.name(), interval.map(Stage::name)));
        }
      }
    }
  }

  private ScoreGraph graph(Naming naming, int width, List<String> shared) {
    return ScoreGraph.of(
        targets,
        scored,
        shared,
        new ScoreWarnings(real, generated, fewestOfStratum, naming, width));
  }
}
