package partita.pipelines.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.schemas.artifact.ArtifactStore;
import partita.transforms.dataset.DatasetException;
import partita.transforms.score.Comparison;

/**
 * A request as stages, all that can be wrong with it found before any of them runs.
 *
 * @param graph the stages; both sets are read before anything is embedded
 * @param metrics the stages that write figures, for each generated set
 * @param shared names of the stages that count shared images, for each generated set or none
 * @param warnings what the figures should be read with
 */
record ScoreGraph(
    StageGraph graph, List<List<Scored>> metrics, List<String> shared, Warnings warnings) {
  /** Name under which runs are kept. */
  static final String EXPERIMENT = "score";

  /**
   * A metric of one generated set.
   *
   * @param metric which
   * @param figures name of the stage that writes its figures, and maybe those of others
   * @param interval name of the stage that writes an interval of its first, if one was asked for
   */
  record Scored(ScoreMetric metric, String figures, Optional<String> interval) {}

  /** What figures should be read with. */
  @FunctionalInterface
  interface Warnings {
    /**
     * The warnings of a metric.
     *
     * @param set number of the generated set
     * @param shared images that are in both sets, pixel for pixel
     */
    List<String> of(ScoreMetric metric, int set, long shared);
  }

  static ScoreGraph of(
      List<Stage> targets, List<List<Scored>> metrics, List<String> shared, Warnings warnings) {
    return new ScoreGraph(StageGraph.of(EXPERIMENT, targets), metrics, shared, warnings);
  }

  /**
   * Finds the sides, looks at them and lays out the stages.
   *
   * @throws BadInputException when they cannot be scored so
   */
  static ScoreGraph of(ScoreRequest request, ArtifactStore store) throws IOException {
    try {
      return switch (request.subject()) {
        case SETS -> ofSets(request, store);
        case MAPS -> new MapScoring(request, store).graph();
        case LABELS -> new LabelScoring(request, store).graph();
        case GROUPS -> new GroupScoring(request).graph();
      };
    } catch (DatasetException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ScoreGraph ofSets(ScoreRequest request, ArtifactStore store) throws IOException {
    ScoredSets sets = new ScoredSets(store, request.resize());
    Optional<ScoredSet> real =
        request.real().isPresent()
            ? Optional.of(reference(request.real().get(), sets))
            : Optional.empty();
    List<ScoredSet> generated = new ArrayList<>();
    for (String one : request.generated()) {
      generated.addAll(sets.find(one, Comparison.GENERATED, generated.size()));
    }
    return new SetScoring(request, real, generated).graph(store);
  }

  private static ScoredSet reference(String given, ScoredSets sets) throws IOException {
    List<ScoredSet> reals = sets.find(given, Comparison.REAL, 0);
    if (reals.size() != 1) {
      throw new BadInputException(
          "Cannot score against %s: it names %d artifacts, expected one"
              .formatted(given, reals.size()));
    }
    return reals.get(0);
  }
}
