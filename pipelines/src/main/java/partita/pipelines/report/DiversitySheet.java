package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.ConfidenceTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.gan.SampleTask;

/**
 * Samples by a classifier's confidence in a class, surest first, as in Figure 4 of Liu et al.,
 * "Diverse image generation via self-conditioned GANs", CVPR 2020.
 */
final class DiversitySheet {
  private DiversitySheet() {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    for (RunTables.Table ranked : tables.named(ConfidenceTable.NAME)) {
      Optional<RunTables.Table> samples =
          tables.upstream(ranked, SampleTable.NAME, SampleTask.SAMPLES);
      if (samples.isPresent()) {
        sheets.add(sheet(tables, ranked, samples.get()));
      }
    }
    return sheets;
  }

  private static Sheet sheet(RunTables tables, RunTables.Table ranked, RunTables.Table samples)
      throws IOException {
    Map<Integer, List<Tile>> byClass = new LinkedHashMap<>();
    try (TableReader reader = tables.open(ranked);
        ImageTiles tiles = ImageTiles.open(tables, samples)) {
      int[] classes = reader.ints(ConfidenceTable.CLASS);
      long[] ids = reader.longs(ConfidenceTable.SAMPLE);
      double[] confidences = reader.doubles(ConfidenceTable.CONFIDENCE);
      for (int row = 0; row < classes.length; row++) {
        List<Tile> own = byClass.computeIfAbsent(classes[row], absent -> new ArrayList<>());
        String confidence = String.format(Locale.ROOT, "%.3f", confidences[row]);
        tiles.id(Origin.GENERATED, confidence, ids[row]).ifPresent(own::add);
      }
    }
    List<Row> rows = new ArrayList<>();
    byClass.forEach((number, tiles) -> rows.add(new Row("class " + number, tiles)));
    return new Sheet(
        "Diversity at step " + NumberText.count(ranked.stage().step()),
        "Of %s samples those that the classifier is surest of, by class, with its confidence. A generator that repeats itself shows the same image again and again."
            .formatted(NumberText.count(samples.rows())),
        List.of(),
        rows);
  }
}
