package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.PointMixture;
import partita.transforms.score.AdoptTask;
import partita.transforms.score.AttributeAccuracyTask;
import partita.transforms.score.ClusterAgreementTask;
import partita.transforms.score.Comparison;
import partita.transforms.score.FeatureFile;
import partita.transforms.score.GivenComparison;
import partita.transforms.score.LabelFile;
import partita.transforms.score.Labels;
import partita.transforms.score.ModeCoverageTask;
import partita.transforms.score.ModeHistogramTask;
import partita.transforms.score.Naming;

/**
 * The stages that compare labels row by row, or look at the modes of labels or points. A side is a
 * file of whole numbers or an artifact with a column of them; points are a file.
 */
final class LabelScoring {
  private static final int POINT = 2;

  private final ScoreRequest request;
  private final ArtifactStore store;

  LabelScoring(ScoreRequest request, ArtifactStore store) {
    this.request = request;
    this.store = store;
    if (request.network().isPresent() || request.resize().isPresent()) {
      throw new BadInputException(
          "Cannot use --network or --resize with %s: it does not depend on it; leave it out"
              .formatted(request.metrics().get(0).word()));
    }
    if (request.real().isPresent() && request.metrics().stream().noneMatch(ScoreMetric::compares)) {
      throw new BadInputException(
          "Cannot use --real with %s: no reference takes part; leave it out"
              .formatted(request.metrics().get(0).word()));
    }
  }

  /** A side that was found and looked at: a raw input or a stage. */
  private record Side(String given, Optional<Stage> stage, Optional<RawInput> file, long rows) {}

  ScoreGraph graph() throws IOException {
    Map<String, Stage> targets = new LinkedHashMap<>();
    List<List<ScoreGraph.Scored>> scored = new ArrayList<>();
    for (int set = 0; set < request.generated().size(); set++) {
      List<ScoreGraph.Scored> ofSet = new ArrayList<>();
      for (ScoreMetric metric : request.metrics()) {
        Stage stage = stage(metric, set);
        targets.put(stage.name(), stage);
        ofSet.add(new ScoreGraph.Scored(metric, stage.name(), Optional.empty()));
      }
      scored.add(ofSet);
    }
    return ScoreGraph.of(
        List.copyOf(targets.values()), scored, List.of(), (metric, set, shared) -> List.of());
  }

  private Stage stage(ScoreMetric metric, int set) throws IOException {
    String given = request.generated().get(set);
    return switch (metric) {
      case NMI, PURITY -> compared("clusters@" + set, new ClusterAgreementTask(named()), set);
      case ATTRIBUTE_ACCURACY ->
          compared("attributes@" + set, new AttributeAccuracyTask(named()), set);
      default ->
          request.options().mixture().isPresent()
              ? points(set, given, request.options().mixture().get())
              : stage(
                  "modes@" + set,
                  new ModeHistogramTask(named(), modes(metric)),
                  Map.of(Comparison.GENERATED, labels(given, Comparison.GENERATED, set)));
    };
  }

  private static Naming named() {
    return new Naming("", "", true, "labels");
  }

  private int modes(ScoreMetric metric) {
    return request
        .options()
        .classes()
        .orElseThrow(
            () ->
                new BadInputException(
                    "Cannot compute %s: expected --classes=N for labels, or --mixture=NAME for points"
                        .formatted(metric.word())));
  }

  private Stage points(int set, String given, PointMixture mixture) {
    Path path = Path.of(given);
    try (FeatureFile points = FeatureFile.open(path)) {
      if (points.width() != POINT || points.rows() == 0) {
        throw new BadInputException(
            "Cannot score points %s: found [%d, %d], expected [N, 2]"
                .formatted(given, points.rows(), points.width()));
      }
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
    Naming naming =
        new Naming("", "", true, mixture.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    return new Stage(
        "modes@" + set,
        new ModeCoverageTask(naming, mixture),
        0,
        Map.of(),
        Map.of(Comparison.GENERATED, RawInput.of(path)));
  }

  private Stage compared(String name, GivenComparison task, int set) throws IOException {
    Side real = labels(request.real().orElseThrow(), Comparison.REAL, 0);
    Side generated = labels(request.generated().get(set), Comparison.GENERATED, set);
    if (real.rows() != generated.rows()) {
      throw new BadInputException(
          "Cannot compare labels %s with %s: they are %,d and %,d, expected one each of the same rows"
              .formatted(generated.given(), real.given(), generated.rows(), real.rows()));
    }
    return stage(name, task, Map.of(Comparison.REAL, real, Comparison.GENERATED, generated));
  }

  private static Stage stage(String name, GivenComparison task, Map<String, Side> sides) {
    Map<String, Stage> stages = new TreeMap<>();
    Map<String, RawInput> files = new TreeMap<>();
    sides.forEach(
        (input, side) -> {
          side.stage().ifPresent(stage -> stages.put(input, stage));
          side.file().ifPresent(file -> files.put(input, file));
        });
    return new Stage(name, task, 0, stages, files);
  }

  private Side labels(String given, String side, int number) throws IOException {
    Path path = Path.of(given);
    if (Files.exists(path)) {
      try {
        int[] labels = LabelFile.read(path);
        return new Side(given, Optional.empty(), Optional.of(RawInput.of(path)), labels.length);
      } catch (IOException e) {
        throw new BadInputException(String.valueOf(e.getMessage()), e);
      }
    }
    List<ArtifactRole> found =
        ArtifactRole.find(given, store, schema -> Labels.column(schema).isPresent(), "labels");
    if (found.size() != 1) {
      throw new BadInputException(
          "Cannot score %s: it names %d artifacts, expected one".formatted(given, found.size()));
    }
    ArtifactRole artifact = found.get(0);
    try (TableReader table = TableReader.open(store, artifact.manifest(), artifact.role())) {
      Stage stage =
          Stage.of(
              "labels@" + side + "." + number,
              new AdoptTask(
                  artifact.manifest().actionKey(),
                  artifact.manifest().contentDigest(),
                  artifact.role()),
              0,
              Map.of());
      return new Side(given, Optional.of(stage), Optional.empty(), table.rows());
    }
  }
}
