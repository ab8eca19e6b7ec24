package partita.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.ReportRenderer;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.report.ReportModel.Level;
import partita.pipelines.report.ReportModel.Note;
import partita.schemas.artifact.ArtifactStore;

/**
 * Collects the report of a run from its record and its artifacts. What is missing is left out; what
 * cannot be read is left out with a warning that says so. Needs no native library.
 */
public final class RunReport implements ReportRenderer {

  @Override
  public Path render(RunRecord record, ArtifactStore store) throws IOException {
    return ReportFiles.write(collect(record, store), store.run(record.runId()));
  }

  static ReportModel collect(RunRecord record, ArtifactStore store) throws IOException {
    RunTables tables = RunTables.of(record, store);
    Sections sections = new Sections();
    MetricValues values = sections.or(MetricValues.NONE, () -> MetricValues.read(tables));
    List<ReportModel.Chart> charts = new ArrayList<>();
    List<WatchedCurves.Curve> watched = sections.of(() -> WatchedCurves.collect(record, store));
    charts.addAll(sections.of(() -> TrainingCharts.collect(tables, watched)));
    charts.addAll(MetricCharts.of(values));
    charts.addAll(sections.of(() -> ClusterCharts.collect(tables, values)));
    List<ReportModel.Sheet> sheets = new ArrayList<>();
    sheets.addAll(sections.of(() -> ClusterSheet.collect(tables)));
    sheets.addAll(sections.of(() -> SampleGrid.collect(tables)));
    sheets.addAll(sections.of(() -> SampleProgress.collect(tables)));
    sheets.addAll(sections.of(() -> DiversitySheet.collect(tables)));
    sheets.addAll(sections.of(() -> ReconstructionSheet.collect(tables)));
    sheets.addAll(sections.of(() -> SampleNeighbors.collect(tables)));
    sheets.addAll(sections.of(() -> NeighborhoodSheet.collect(tables)));
    List<ReportModel.Scatter> scatters = sections.of(() -> PointScatters.collect(tables));
    Map<String, List<String>> skipped = sections.or(Map.of(), () -> SkippedImages.names(tables));
    Map<String, String> reproduced =
        sections.or(Map.of(), () -> StageRows.reproduced(tables, store));
    List<ReportModel.Artifact> artifacts =
        sections.of(() -> ArtifactRows.collect(record, tables, store));
    List<ReportModel.PastRun> history = sections.of(() -> PastRuns.collect(record, store));
    List<Note> notes = new ArrayList<>(RunNotes.of(tables, skipped));
    notes.addAll(sections.failures);
    return new ReportModel(
        RunFacts.of(record, store, tables, values),
        notes,
        StageRows.of(record, tables, reproduced),
        artifacts,
        history,
        charts,
        MetricResults.of(values),
        sheets,
        scatters);
  }

  /** Part of a report, read from the store. */
  private interface Section<T> {
    T collect() throws IOException;
  }

  /** A damaged artifact must not cost the reader the rest of the report. */
  private static final class Sections {
    private final List<Note> failures = new ArrayList<>();

    <T> List<T> of(Section<List<T>> section) {
      return or(List.of(), section);
    }

    <T> T or(T otherwise, Section<T> section) {
      try {
        return section.collect();
      } catch (IOException | IllegalArgumentException e) {
        failures.add(new Note(Level.WARNING, "Part of this report is missing: " + e.getMessage()));
        return otherwise;
      }
    }
  }
}
