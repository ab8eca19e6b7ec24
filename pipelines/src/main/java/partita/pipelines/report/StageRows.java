package partita.pipelines.report;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.pipelines.dag.Determinism;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.StageStatus;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/** The stages of a run, with times relative to its start. */
final class StageRows {
  private StageRows() {}

  /** Stage name to what running it again came to. */
  static Map<String, String> reproduced(RunTables tables, ArtifactStore store) throws IOException {
    Map<String, String> reproduced = new HashMap<>();
    for (Map.Entry<String, Manifest> stage : tables.artifacts().entrySet()) {
      reproduced.put(stage.getKey(), Determinism.of(store, stage.getValue()).text());
    }
    return reproduced;
  }

  static List<ReportModel.Stage> of(
      RunRecord record, RunTables tables, Map<String, String> reproduced) {
    Instant began = Instant.parse(record.started());
    List<ReportModel.Stage> rows = new ArrayList<>();
    for (RunRecord.StageRecord stage : record.stages()) {
      Optional<Manifest> artifact = Optional.ofNullable(tables.artifacts().get(stage.name()));
      rows.add(row(record, stage, began, artifact, reproduced.getOrDefault(stage.name(), "")));
    }
    return rows;
  }

  private static ReportModel.Stage row(
      RunRecord run,
      RunRecord.StageRecord stage,
      Instant began,
      Optional<Manifest> artifact,
      String reproduced) {
    boolean started = !stage.started().isEmpty();
    double start = started ? seconds(began, Instant.parse(stage.started())) : Double.NaN;
    boolean open = stage.status() == StageStatus.RUNNING;
    double seconds = open ? Math.max(0, run.seconds() - start) : stage.seconds();
    boolean failed =
        stage.status() == StageStatus.FAILED || stage.status() == StageStatus.INTERRUPTED;
    Optional<Manifest.Provenance> earlier =
        artifact.map(Manifest::provenance).filter(made -> !made.run().equals(run.runId()));
    return new ReportModel.Stage(
        stage.name(),
        stage.status(),
        start,
        started ? seconds : Double.NaN,
        earlier.map(Manifest.Provenance::seconds).orElse(Double.NaN),
        stage.inputs(),
        reason(stage, earlier),
        stage.actionKey(),
        reproduced,
        failed ? stage.message() : "");
  }

  private static String reason(RunRecord.StageRecord stage, Optional<Manifest.Provenance> earlier) {
    List<String> parts = new ArrayList<>();
    if (!stage.reason().isEmpty()) {
      parts.add(stage.reason());
    }
    earlier.ifPresent(made -> parts.add("made by run " + made.run()));
    return String.join("; ", parts);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis() / 1000.0);
  }
}
