package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;

/** The same samples, by latent vector and instance, through the steps of training. */
final class SampleProgress {
  private static final int ROWS = 10;
  private static final int STEPS = 8;

  private SampleProgress() {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    List<RunTables.Table> all = StepSamples.bySteps(tables);
    if (all.size() < 2) {
      return List.of();
    }
    List<RunTables.Table> steps = new ArrayList<>();
    for (int index : Evenly.pick(all.size(), STEPS)) {
      steps.add(all.get(index));
    }
    RunTables.Table last = steps.get(steps.size() - 1);
    List<Integer> samples = new ArrayList<>();
    List<List<Tile>> tiles = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    try (Instances instances = Instances.of(tables, last)) {
      for (Map.Entry<Long, List<Integer>> instance :
          StepSamples.read(tables, last).some(ROWS).entrySet()) {
        samples.add(instance.getValue().get(0));
        tiles.add(instances.begin(instance.getKey()));
      }
    }
    if (tiles.stream().anyMatch(row -> !row.isEmpty())) {
      columns.add("instance");
    }
    for (RunTables.Table step : steps) {
      columns.add("step " + NumberText.count(step.stage().step()));
      append(tables, step, samples, tiles);
    }
    return List.of(sheet(columns, samples, tiles));
  }

  private static void append(
      RunTables tables, RunTables.Table step, List<Integer> samples, List<List<Tile>> tiles)
      throws IOException {
    try (ImageTiles pictures = ImageTiles.open(tables, step)) {
      for (int i = 0; i < samples.size(); i++) {
        if (samples.get(i) < step.rows()) {
          tiles.get(i).add(pictures.row(Origin.GENERATED, "", samples.get(i)));
        }
      }
    }
  }

  private static Sheet sheet(List<String> columns, List<Integer> samples, List<List<Tile>> tiles) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      rows.add(new Row("sample " + NumberText.count(samples.get(i)), tiles.get(i)));
    }
    return new Sheet(
        "Samples through training",
        "Each row has one latent vector and one instance at every step.",
        columns,
        rows);
  }
}
