package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;

/**
 * The largest clusters, real images beside generated ones that were conditioned on the cluster, as
 * in Figure 1 of Liu et al., "Diverse image generation via self-conditioned GANs", CVPR 2020.
 */
final class ClusterSheet {
  private static final int CLUSTERS = 12;

  /** Images of either kind in a row. */
  private static final int IMAGES = 5;

  private ClusterSheet() {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    Optional<RunTables.Table> samples = StepSamples.last(tables);
    if (samples.isEmpty() || StepSamples.read(tables, samples.get()).conditioned()) {
      return List.of(); // on instances: their labels are classes, no clusters
    }
    Optional<RunTables.Table> assigned = RoundClusters.of(tables, samples.get());
    Optional<RunTables.Table> images =
        tables.upstream(samples.get(), ImageTable.NAME, IngestTask.TRAIN);
    if (assigned.isEmpty() || images.isEmpty()) {
      return List.of();
    }
    Map<Integer, List<Integer>> real = real(tables, assigned.get(), images.get());
    // Nothing is to be seen of clusters of other rows than these.
    return real.isEmpty() ? List.of() : List.of(sheet(tables, samples.get(), real, images.get()));
  }

  private static Sheet sheet(
      RunTables tables,
      RunTables.Table samples,
      Map<Integer, List<Integer>> real,
      RunTables.Table images)
      throws IOException {
    Map<Integer, List<Integer>> generated = generated(tables, samples);
    List<Integer> largest =
        real.keySet().stream()
            .sorted(Comparator.comparingInt(cluster -> -real.get(cluster).size()))
            .limit(CLUSTERS)
            .toList();
    // As many real images in every row, so that the generated ones begin in one column.
    int most = largest.stream().mapToInt(cluster -> real.get(cluster).size()).min().orElse(IMAGES);
    List<Row> rows = new ArrayList<>();
    try (ImageTiles realTiles = ImageTiles.open(tables, images);
        ImageTiles generatedTiles = ImageTiles.open(tables, samples)) {
      for (int cluster : largest) {
        List<Integer> members = real.getOrDefault(cluster, List.of());
        List<Tile> tiles = new ArrayList<>();
        for (int index : Evenly.pick(members.size(), Math.min(most, IMAGES))) {
          tiles.add(realTiles.row(Origin.REAL, "", members.get(index)));
        }
        List<Integer> conditioned = generated.getOrDefault(cluster, List.of());
        for (int index : Evenly.pick(conditioned.size(), IMAGES)) {
          tiles.add(generatedTiles.row(Origin.GENERATED, "", conditioned.get(index)));
        }
        String size = NumberText.count(members.size());
        rows.add(new Row("cluster %d: %s".formatted(cluster, size), tiles));
      }
    }
    return new Sheet(
        "Clusters at step " + NumberText.count(samples.stage().step()),
        "The %d largest of %d clusters: its number of training images, some of them, and beside them images generated for it."
            .formatted(largest.size(), real.size()),
        columns(rows, Math.min(most, IMAGES)),
        rows);
  }

  private static List<String> columns(List<Row> rows, int real) {
    int widest = rows.stream().mapToInt(row -> row.tiles().size()).max().orElse(0);
    List<String> columns = new ArrayList<>(Collections.nCopies(widest, ""));
    columns.set(0, "real");
    if (real < widest) {
      columns.set(real, "generated");
    }
    return columns;
  }

  private static Map<Integer, List<Integer>> real(
      RunTables tables, RunTables.Table assigned, RunTables.Table images) throws IOException {
    try (TableReader reader = tables.open(images)) {
      return rows(RoundClusters.read(tables, Optional.of(assigned), reader.longs(ImageTable.ID)));
    }
  }

  private static Map<Integer, List<Integer>> generated(RunTables tables, RunTables.Table samples)
      throws IOException {
    try (TableReader reader = tables.open(samples)) {
      return rows(reader.ints(SampleTable.LABEL));
    }
  }

  /** Rows by cluster, without those that have none. */
  private static Map<Integer, List<Integer>> rows(int[] clusters) {
    Map<Integer, List<Integer>> rows = new TreeMap<>();
    for (int row = 0; row < clusters.length; row++) {
      if (clusters[row] != RoundClusters.NONE) {
        rows.computeIfAbsent(clusters[row], absent -> new ArrayList<>()).add(row);
      }
    }
    return rows;
  }
}
