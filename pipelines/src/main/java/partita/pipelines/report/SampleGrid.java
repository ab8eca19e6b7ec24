package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;

/** Samples of the last step beside the instance that each was conditioned on. */
final class SampleGrid {
  private static final int ROWS = 10;
  private static final int SAMPLES = 8;

  private SampleGrid() {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    Optional<RunTables.Table> last = StepSamples.last(tables);
    if (last.isEmpty()) {
      return List.of();
    }
    StepSamples samples = StepSamples.read(tables, last.get());
    List<Row> rows = new ArrayList<>();
    try (ImageTiles pictures = ImageTiles.open(tables, last.get());
        Instances instances = Instances.of(tables, last.get())) {
      for (Map.Entry<Long, List<Integer>> instance : samples.some(ROWS).entrySet()) {
        List<Tile> tiles = instances.begin(instance.getKey());
        for (int row : first(instance.getValue())) {
          tiles.add(pictures.row(Origin.GENERATED, "", row));
        }
        rows.add(new Row(instances.label(instance.getKey()), tiles));
      }
    }
    return List.of(
        new Sheet(
            "Samples" + at(last.get()),
            samples.conditioned()
                ? "The framed image is the training image that the generator was conditioned on; beside it are samples with different latent vectors."
                : "Samples with different latent vectors.",
            columns(rows),
            rows));
  }

  private static List<Integer> first(List<Integer> rows) {
    return rows.subList(0, Math.min(SAMPLES, rows.size()));
  }

  private static List<String> columns(List<Row> rows) {
    int widest = rows.stream().mapToInt(row -> row.tiles().size()).max().orElse(0);
    List<String> columns = new ArrayList<>(Collections.nCopies(widest, ""));
    boolean instances = rows.stream().anyMatch(row -> row.tiles().get(0).origin() == Origin.ANCHOR);
    List<String> headings = instances ? List.of("instance", "samples") : List.of("samples");
    for (int i = 0; i < Math.min(widest, headings.size()); i++) {
      columns.set(i, headings.get(i));
    }
    return columns;
  }

  private static String at(RunTables.Table samples) {
    return samples.stage().iterated() ? " at step " + NumberText.count(samples.stage().step()) : "";
  }
}
