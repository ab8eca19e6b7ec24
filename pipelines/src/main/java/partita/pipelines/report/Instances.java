package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.ImageTable;
import partita.transforms.dataset.IngestTask;

/**
 * The training images that samples were conditioned on.
 *
 * @param images absent when the run has no artifact with them
 */
record Instances(Optional<ImageTiles> images) implements AutoCloseable {

  static Instances of(RunTables tables, RunTables.Table samples) throws IOException {
    Optional<RunTables.Table> table = tables.upstream(samples, ImageTable.NAME, IngestTask.TRAIN);
    return new Instances(
        table.isPresent() ? Optional.of(ImageTiles.open(tables, table.get())) : Optional.empty());
  }

  /** A row to add to, which begins with the instance where there is one. */
  List<Tile> begin(long instance) throws IOException {
    List<Tile> tiles = new ArrayList<>();
    if (images.isPresent()) {
      images.get().id(Origin.ANCHOR, "", instance).ifPresent(tiles::add);
    }
    return tiles;
  }

  String label(long instance) {
    return instance == StepSamples.UNCONDITIONED ? "" : "image " + NumberText.count(instance);
  }

  @Override
  public void close() {
    images.ifPresent(ImageTiles::close);
  }
}
