package partita.pipelines.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import partita.models.metric.Repetitions;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Executor;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.StageLauncher;
import partita.pipelines.dag.StopRequest;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;
import partita.transforms.metric.MetricRows;
import partita.transforms.score.Naming;
import partita.transforms.score.SharedImagesTask;
import partita.transforms.shard.Execution;

/** Scores a request: brings its stages up to date and reads their figures. */
public final class Scorer {
  private final ArtifactStore store;
  private final Execution execution;
  private final boolean rehash;
  private final ScoreGraph scored;

  /**
   * Finds and checks everything that the request names; nothing runs yet.
   *
   * @param rehash read all raw inputs again instead of trusting their modification times
   * @throws BadInputException when it cannot be scored
   */
  public Scorer(ScoreRequest request, ArtifactStore store, Execution execution, boolean rehash)
      throws IOException {
    this.store = store;
    this.execution = execution;
    this.rehash = rehash;
    this.scored = ScoreGraph.of(request, store);
  }

  /**
   * Runs what is stale.
   *
   * @param launcher runs the shards of a stale stage
   * @param listener hears how it goes
   * @param stop asks the run to end early
   */
  public ScoreOutcome run(
      RunRequest request, StageLauncher launcher, RunListener listener, StopRequest stop)
      throws IOException {
    BadDataListener watching = new BadDataListener(listener);
    RunRecord record =
        new Executor(store, execution, launcher, watching, stop, rehash)
            .run(scored.graph(), request);
    boolean whole = record.status().equals("succeeded");
    return new ScoreOutcome(record, whole ? figures(record) : List.of(), watching.badData());
  }

  private List<ScoreFigure> figures(RunRecord record) throws IOException {
    Map<String, List<ScoreFigure>> repeated = new LinkedHashMap<>();
    for (int i = 0; i < scored.metrics().size(); i++) {
      long shared = scored.shared().isEmpty() ? 0 : shared(record, scored.shared().get(i));
      for (ScoreGraph.Scored metric : scored.metrics().get(i)) {
        List<String> warnings = scored.warnings().of(metric.metric(), i, shared);
        for (ScoreFigure figure : figures(record, metric, warnings)) {
          repeated
              .computeIfAbsent(
                  figure.metric() + " " + figure.definition(), absent -> new ArrayList<>())
              .add(figure);
        }
      }
    }
    return repeated.values().stream().map(Scorer::summary).toList();
  }

  private List<ScoreFigure> figures(
      RunRecord record, ScoreGraph.Scored metric, List<String> warnings) throws IOException {
    List<ScoreFigure> figures =
        read(artifact(record, metric.figures()), warnings).stream()
            .filter(figure -> metric.metric().gives(figure.metric()))
            .toList();
    if (metric.interval().isEmpty()) {
      return figures;
    }
    List<ScoreFigure> ends = read(artifact(record, metric.interval().get()), warnings);
    return List.of(figures.get(0).withInterval(ends.get(0).value(), ends.get(1).value()));
  }

  private long shared(RunRecord record, String stage) throws IOException {
    return Long.parseLong(
        artifact(record, stage).facts().getOrDefault(SharedImagesTask.SHARED, "0"));
  }

  private Manifest artifact(RunRecord record, String stage) throws IOException {
    return store.find(record.stage(stage).orElseThrow().actionKey()).orElseThrow();
  }

  private List<ScoreFigure> read(Manifest artifact, List<String> warnings) throws IOException {
    List<ScoreFigure> figures = new ArrayList<>();
    try (TableReader table =
        TableReader.open(store, artifact, MetricRows.METRICS).expect(MetricTable.schema())) {
      double[] values = table.doubles(MetricTable.VALUE);
      double[] stds = table.doubles(MetricTable.STD);
      long[] reals = table.longs(MetricTable.REAL_COUNT);
      long[] generateds = table.longs(MetricTable.GENERATED_COUNT);
      for (int i = 0; i < values.length; i++) {
        String[] how = table.text(MetricTable.PROTOCOL, i).split(Naming.SEPARATOR, 2);
        figures.add(
            new ScoreFigure(
                table.text(MetricTable.METRIC, i),
                values[i],
                Double.isNaN(stds[i]) ? OptionalDouble.empty() : OptionalDouble.of(stds[i]),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                how[0],
                how[1],
                table.text(MetricTable.NETWORK, i),
                reals[i],
                generateds[i],
                warnings));
      }
    }
    return figures;
  }

  /** Mean and sample standard deviation (n - 1) over the generated sets. */
  private static ScoreFigure summary(List<ScoreFigure> sets) {
    ScoreFigure first = sets.get(0);
    if (sets.size() == 1) {
      return first;
    }
    Repetitions values = Repetitions.of(sets.stream().mapToDouble(ScoreFigure::value).toArray());
    Set<String> warnings = new LinkedHashSet<>();
    sets.forEach(set -> warnings.addAll(set.warnings()));
    return new ScoreFigure(
        first.metric(),
        values.mean(),
        OptionalDouble.of(values.std()),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        first.protocol(),
        first.definition(),
        first.network(),
        first.realCount(),
        sets.stream().mapToLong(ScoreFigure::generatedCount).min().orElseThrow(),
        List.copyOf(warnings));
  }
}
