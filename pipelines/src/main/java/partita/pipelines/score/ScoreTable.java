package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableWriter;
import partita.transforms.metric.MetricRows;
import partita.transforms.score.Naming;

/** Figures as an Arrow IPC file, a {@link MetricTable}. */
public final class ScoreTable {
  private ScoreTable() {}

  /** Writes a new file, or replaces one. */
  public static void write(ScoreOutcome outcome, Path file) throws IOException {
    List<ScoreFigure> figures = outcome.figures();
    try (TableWriter writer =
        TableWriter.create(
            file.toAbsolutePath(),
            MetricRows.METRICS,
            MetricTable.schema(),
            Math.max(1, figures.size()))) {
      writer.append(
          figures.size(),
          figures.stream().map(ScoreFigure::metric).toList(),
          figures.stream().mapToLong(figure -> -1).toArray(),
          figures.stream().mapToDouble(ScoreFigure::value).toArray(),
          figures.stream().mapToDouble(figure -> figure.std().orElse(Double.NaN)).toArray(),
          figures.stream().mapToLong(ScoreFigure::realCount).toArray(),
          figures.stream().mapToLong(ScoreFigure::generatedCount).toArray(),
          figures.stream().map(ScoreFigure::network).toList(),
          figures.stream()
              .map(figure -> figure.protocol() + Naming.SEPARATOR + figure.definition())
              .toList());
      writer.commit();
    }
  }
}
