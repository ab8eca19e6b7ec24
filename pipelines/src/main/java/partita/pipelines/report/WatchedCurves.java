package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import partita.pipelines.dag.RunEvent;
import partita.pipelines.dag.RunEvents;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.report.ReportModel.Point;
import partita.schemas.artifact.ArtifactStore;

/**
 * What was watched of trainings that did not end in this run, out of its events: they left no
 * artifact, and their losses are what a reader wants to see.
 */
final class WatchedCurves {
  private static final String PROGRESS = "progress";
  private static final String STEPS = "steps";
  private static final String DONE = "done";

  /** Values of every stage's progress, which are no losses. */
  private static final Set<String> METERS =
      Set.of(DONE, "total", "rate", "shards", "shardsDone", "images/s");

  private WatchedCurves() {}

  /** Points by series of one stage. */
  record Curve(StageName stage, Map<String, List<Point>> series) {}

  static List<Curve> collect(RunRecord record, ArtifactStore store) throws IOException {
    Map<String, Map<String, List<Point>>> curves = new TreeMap<>();
    Set<String> unfinished = new HashSet<>();
    for (RunRecord.StageRecord stage : record.stages()) {
      if (stage.actionKey().isEmpty() && !stage.started().isEmpty()) {
        unfinished.add(stage.name());
      }
    }
    if (unfinished.isEmpty()) {
      return List.of();
    }
    for (RunEvent event : RunEvents.read(store.run(record.runId()))) {
      boolean steps = event.kind().equals(PROGRESS) && event.message().equals(STEPS);
      if (steps && unfinished.contains(event.stage())) {
        add(event.values(), curves.computeIfAbsent(event.stage(), absent -> new TreeMap<>()));
      }
    }
    return curves.entrySet().stream()
        .map(curve -> new Curve(StageName.parse(curve.getKey()), curve.getValue()))
        .toList();
  }

  private static void add(Map<String, Double> values, Map<String, List<Point>> series) {
    double step = values.getOrDefault(DONE, Double.NaN);
    for (Map.Entry<String, Double> value : values.entrySet()) {
      if (!METERS.contains(value.getKey())) {
        List<Point> points = series.computeIfAbsent(value.getKey(), absent -> new ArrayList<>());
        boolean further = points.isEmpty() || points.get(points.size() - 1).step() < step;
        if (further) {
          double number = value.getValue();
          points.add(new Point(step, number, number, number));
        }
      }
    }
  }
}
