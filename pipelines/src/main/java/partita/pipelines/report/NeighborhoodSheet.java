package partita.pipelines.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;

/** Some images with their nearest neighbors: the parts that the data was cut into. */
final class NeighborhoodSheet {
  private static final int QUERIES = 8;
  private static final int NEIGHBORS = 8;

  private NeighborhoodSheet() {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    List<Sheet> sheets = new ArrayList<>();
    for (RunTables.Table neighbors : tables.named(NeighborTable.NAME)) {
      Optional<RunTables.Table> features =
          tables.upstream(neighbors, FeatureTable.NAME, IngestTask.TRAIN);
      Optional<RunTables.Table> images =
          tables.upstream(neighbors, ImageTable.NAME, IngestTask.TRAIN);
      if (features.isPresent() && images.isPresent()) {
        sheets.add(sheet(tables, neighbors, features.get(), images.get()));
      }
    }
    return sheets;
  }

  private static Sheet sheet(
      RunTables tables, RunTables.Table neighbors, RunTables.Table features, RunTables.Table images)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    int all = neighbors.schema().column(NeighborTable.NEIGHBORS).elements();
    int k = Math.min(NEIGHBORS, all);
    try (TableReader graph = tables.open(neighbors);
        TableReader ids = tables.open(features);
        ImageTiles pictures = ImageTiles.open(tables, images)) {
      for (int row : Evenly.pick(Math.toIntExact(graph.rows()), QUERIES)) {
        long query = little(graph, NeighborTable.ID, row).getLong(0);
        ByteBuffer nearest = little(graph, NeighborTable.NEIGHBORS, row);
        ByteBuffer similarities = little(graph, NeighborTable.SIMILARITIES, row);
        List<Tile> tiles = new ArrayList<>();
        pictures.id(Origin.ANCHOR, "", query).ifPresent(tiles::add);
        for (int i = 0; i < k; i++) {
          // Neighbors are rows of the features; images are found by their ids.
          long id = little(ids, FeatureTable.ID, nearest.getLong(i * Long.BYTES)).getLong(0);
          String similarity = NumberText.of(similarities.getFloat(i * Float.BYTES));
          pictures.id(Origin.REAL, similarity, id).ifPresent(tiles::add);
        }
        rows.add(new Row("image " + NumberText.count(query), tiles));
      }
    }
    List<String> columns = new ArrayList<>(List.of("image", "nearest"));
    for (int i = 2; i <= k; i++) {
      columns.add("");
    }
    return new Sheet(
        "Neighborhoods of training images",
        "The nearest %d of %d neighbors, with the cosine similarity of their features."
            .formatted(k, all),
        columns,
        rows);
  }

  private static ByteBuffer little(TableReader reader, String column, long row) throws IOException {
    return reader.bytes(column, row).order(ByteOrder.LITTLE_ENDIAN);
  }
}
