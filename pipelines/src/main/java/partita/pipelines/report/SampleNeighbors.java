package partita.pipelines.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;
import partita.transforms.feature.EmbedTask;

/** The training images nearest to some samples of the last step, in the space of the features. */
final class SampleNeighbors {
  private static final int SAMPLES = 8;
  private static final int NEIGHBORS = 7;

  private SampleNeighbors() {}

  static List<Sheet> collect(RunTables tables) throws IOException {
    Optional<RunTables.Table> samples = StepSamples.last(tables);
    if (samples.isEmpty()) {
      return List.of();
    }
    Optional<RunTables.Table> embedded =
        tables.named(FeatureTable.NAME).stream()
            .filter(table -> reads(table, samples.get()))
            .findFirst();
    Optional<RunTables.Table> images =
        tables.upstream(samples.get(), ImageTable.NAME, IngestTask.TRAIN);
    Optional<RunTables.Table> real = embedded.flatMap(features -> trainFeatures(tables, features));
    return real.isPresent() && images.isPresent()
        ? List.of(sheet(tables, samples.get(), embedded.get(), real.get(), images.get()))
        : List.of();
  }

  private static boolean reads(RunTables.Table table, RunTables.Table input) {
    return table.artifact().inputActions().containsValue(input.artifact().actionKey());
  }

  /** Features that the same network made of the training images. */
  private static Optional<RunTables.Table> trainFeatures(
      RunTables tables, RunTables.Table embedded) {
    return tables.named(FeatureTable.NAME).stream()
        .filter(table -> table.role().equals(IngestTask.TRAIN))
        .filter(table -> Objects.equals(network(table), network(embedded)))
        .findFirst();
  }

  private static Optional<String> network(RunTables.Table features) {
    return Optional.ofNullable(features.artifact().inputs().get(EmbedTask.NETWORK));
  }

  private static Sheet sheet(
      RunTables tables,
      RunTables.Table samples,
      RunTables.Table embedded,
      RunTables.Table real,
      RunTables.Table images)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    try (ImageTiles pictures = ImageTiles.open(tables, samples);
        ImageTiles training = ImageTiles.open(tables, images);
        TableReader reader = tables.open(real)) {
      int[] chosen = Evenly.pick(Math.toIntExact(samples.rows()), SAMPLES);
      float[][] queries = queries(tables, embedded, chosen);
      List<List<CosineNeighbors.Neighbor>> nearest =
          CosineNeighbors.of(reader.floats(FeatureTable.FEATURE), queries, NEIGHBORS);
      for (int i = 0; i < chosen.length; i++) {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(pictures.row(Origin.GENERATED_ANCHOR, "", chosen[i]));
        for (CosineNeighbors.Neighbor neighbor : nearest.get(i)) {
          long id = reader.bytes(FeatureTable.ID, neighbor.row()).getLong(0);
          training.id(Origin.REAL, NumberText.of(neighbor.similarity()), id).ifPresent(tiles::add);
        }
        rows.add(new Row("sample " + NumberText.count(chosen[i]), tiles));
      }
    }
    List<String> columns = new ArrayList<>(List.of("sample", "nearest"));
    for (int i = 2; i <= NEIGHBORS; i++) {
      columns.add("");
    }
    return new Sheet(
        "Nearest training images of samples",
        "By cosine similarity of features, below each image. A sample that equals its nearest image was memorized.",
        columns,
        rows);
  }

  private static float[][] queries(RunTables tables, RunTables.Table embedded, int[] chosen)
      throws IOException {
    try (TableReader reader = tables.open(embedded)) {
      float[][] queries = new float[chosen.length][];
      for (int i = 0; i < chosen.length; i++) {
        ByteBuffer bytes =
            reader.bytes(FeatureTable.FEATURE, chosen[i]).order(ByteOrder.LITTLE_ENDIAN);
        queries[i] = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(queries[i]);
      }
      return queries;
    }
  }
}
