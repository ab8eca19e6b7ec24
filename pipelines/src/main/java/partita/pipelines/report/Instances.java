package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Tile;
import partita.schemas.table.ImageTable;
import partita.transforms.dataset.IngestTask;

/** The training images that samples were conditioned on, where the run still has them. */
record Instances(Optional<ImageTiles> images) implements AutoCloseable {

  static Instances of(RunTables tables, RunTables.Table samples) throws IOException {
    Optional<RunTables.Table> images = tables.upstream(samples, ImageTable.NAME, IngestTask.TRAIN);
    return new Instances(
        images.isPresent() ? Optional.of(ImageTiles.open(tables, images.get())) : Optional.empty());
  }

  /** A growing row that begins with the instance, if there is one. */
  List<Tile> tile(long instance) throws IOException {
    List<Tile> tiles = new ArrayList<>();
    if (images.isPresent()) {
      images.get().id(Origin.ANCHOR, "", instance).ifPresent(tiles::add);
    }
    return tiles;
  }

  @Override
  public void close() {
    images.ifPresent(ImageTiles::close);
  }
}
