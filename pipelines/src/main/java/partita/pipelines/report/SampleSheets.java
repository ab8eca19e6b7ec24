package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;

/**
 * Samples of the last step beside the instance each was conditioned on, and samples of the same
 * latent vectors through the steps of training.
 */
final class SampleSheets {
  private static final int INSTANCES = 10;
  private static final int SAMPLES = 8;
  private static final int STEPS = 8;
  private static final long UNCONDITIONED = -1;

  private SampleSheets() {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    List<RunTables.Table> steps = byStep(tables);
    List<Sheet> sheets = new ArrayList<>();
    if (!steps.isEmpty()) {
      sheets.add(grid(tables, steps.get(steps.size() - 1)));
    }
    if (steps.size() > 1) {
      sheets.add(progress(tables, steps));
    }
    return sheets;
  }

  /** The last samples of the first seed. */
  static Optional<RunTables.Table> last(RunTables tables) {
    List<RunTables.Table> steps = byStep(tables);
    return steps.isEmpty() ? Optional.empty() : Optional.of(steps.get(steps.size() - 1));
  }

  /** Samples of each step with the step's first seed, by step. */
  private static List<RunTables.Table> byStep(RunTables tables) {
    Map<Long, RunTables.Table> first = new TreeMap<>();
    for (RunTables.Table table : tables.named(SampleTable.NAME)) {
      if (table.rows() > 0) {
        first.merge(
            table.stage().step(),
            table,
            (one, other) -> other.stage().seed() < one.stage().seed() ? other : one);
      }
    }
    return List.copyOf(first.values());
  }

  private static Sheet grid(RunTables tables, RunTables.Table samples) throws IOException {
    Map<Long, List<Integer>> byInstance = byInstance(tables, samples);
    List<Long> instances = List.copyOf(byInstance.keySet());
    List<Row> rows = new ArrayList<>();
    int widest = 0;
    try (ImageTiles pictures = ImageTiles.open(tables, samples);
        Instances real = Instances.of(tables, samples)) {
      for (int index : Evenly.pick(instances.size(), INSTANCES)) {
        long instance = instances.get(index);
        List<Tile> tiles = real.tile(instance);
        List<Integer> own = byInstance.get(instance);
        for (int row : own.subList(0, Math.min(SAMPLES, own.size()))) {
          tiles.add(pictures.row(Origin.GENERATED, "", row));
        }
        widest = Math.max(widest, tiles.size());
        rows.add(new Row(label(instance), tiles));
      }
    }
    boolean conditioned = !byInstance.containsKey(UNCONDITIONED);
    List<String> columns = new ArrayList<>(Collections.nCopies(widest, ""));
    columns.set(0, conditioned ? "instance" : "samples");
    if (conditioned && widest > 1) {
      columns.set(1, "samples");
    }
    return new Sheet(
        "Samples" + at(samples),
        conditioned
            ? "The framed image is the training image that the generator was conditioned on; beside it are samples with different latent vectors."
            : "Samples with different latent vectors.",
        columns,
        rows);
  }

  private static Sheet progress(RunTables tables, List<RunTables.Table> steps) throws IOException {
    List<RunTables.Table> shown = new ArrayList<>();
    for (int index : Evenly.pick(steps.size(), STEPS)) {
      shown.add(steps.get(index));
    }
    RunTables.Table last = shown.get(shown.size() - 1);
    List<Integer> chosen = new ArrayList<>();
    Map<Long, List<Integer>> byInstance = byInstance(tables, last);
    List<Long> instances = List.copyOf(byInstance.keySet());
    for (int index : Evenly.pick(instances.size(), INSTANCES)) {
      chosen.add(byInstance.get(instances.get(index)).get(0));
    }
    List<List<Tile>> tiles = new ArrayList<>();
    try (Instances real = Instances.of(tables, last)) {
      for (int index : Evenly.pick(instances.size(), INSTANCES)) {
        tiles.add(real.tile(instances.get(index)));
      }
    }
    boolean conditioned = !tiles.get(0).isEmpty();
    List<String> columns = new ArrayList<>(conditioned ? List.of("instance") : List.of());
    for (RunTables.Table table : shown) {
      columns.add("step " + NumberText.count(table.stage().step()));
      try (ImageTiles pictures = ImageTiles.open(tables, table)) {
        for (int i = 0; i < chosen.size(); i++) {
          if (chosen.get(i) < table.rows()) {
            tiles.get(i).add(pictures.row(Origin.GENERATED, "", chosen.get(i)));
          }
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      rows.add(new Row("sample " + NumberText.count(chosen.get(i)), tiles.get(i)));
    }
    return new Sheet(
        "Samples through training",
        "Each row has one latent vector and one instance at every step.",
        columns,
        rows);
  }

  /** Rows of the samples of each instance, in the order in which instances appear. */
  private static Map<Long, List<Integer>> byInstance(RunTables tables, RunTables.Table samples)
      throws IOException {
    Map<Long, List<Integer>> rows = new LinkedHashMap<>();
    try (TableReader reader = tables.open(samples)) {
      long[] instances = reader.longs(SampleTable.INSTANCE);
      for (int row = 0; row < instances.length; row++) {
        rows.computeIfAbsent(instances[row], absent -> new ArrayList<>()).add(row);
      }
    }
    return rows;
  }

  private static String label(long instance) {
    return instance == UNCONDITIONED ? "" : "image " + NumberText.count(instance);
  }

  private static String at(RunTables.Table samples) {
    return samples.stage().iterated() ? " at step " + NumberText.count(samples.stage().step()) : "";
  }
}
