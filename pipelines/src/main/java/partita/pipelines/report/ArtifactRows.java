package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.ResourceMeter;
import partita.pipelines.dag.RunEvent;
import partita.pipelines.dag.RunEvents;
import partita.pipelines.dag.RunRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoreLayout;

/** What each stage took of the machine in this run, and the files of its artifact. */
final class ArtifactRows {
  private ArtifactRows() {}

  static List<ReportModel.Artifact> collect(RunRecord record, RunTables tables, ArtifactStore store)
      throws IOException {
    Map<String, Map<String, Double>> taken = new HashMap<>();
    for (RunEvent event : RunEvents.read(store.run(record.runId()))) {
      if (event.kind().equals(ResourceMeter.EVENT)) {
        taken.put(event.stage(), event.values());
      }
    }
    boolean local = !store.root().contains("://") || store.root().startsWith("file:");
    List<ReportModel.Artifact> rows = new ArrayList<>();
    tables
        .artifacts()
        .forEach(
            (stage, artifact) ->
                rows.add(row(stage, artifact, taken.getOrDefault(stage, Map.of()), local)));
    return rows;
  }

  private static ReportModel.Artifact row(
      String stage, Manifest artifact, Map<String, Double> taken, boolean local) {
    List<ReportModel.Download> files = new ArrayList<>();
    for (FileEntry file : artifact.files()) {
      files.add(
          new ReportModel.Download(
              file.name(),
              file.bytes(),
              file.rows(),
              file.sha256(),
              local ? "../../" + StoreLayout.blob(file.sha256()) : ""));
    }
    return new ReportModel.Artifact(
        stage,
        taken.getOrDefault(ResourceMeter.PROCESSOR, Double.NaN),
        taken.getOrDefault(ResourceMeter.MEMORY, Double.NaN),
        files);
  }
}
