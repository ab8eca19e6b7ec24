package partita.transforms.gan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.models.row.RowSource;
import partita.models.train.InstanceData;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableReader;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.MappedImages;
import partita.transforms.train.MappedNeighborhoods;

/** The mapped tables that IC-GAN learns from, open until this is closed. */
final class InstanceTables implements AutoCloseable {
  private final List<TableReader> open = new ArrayList<>();
  private final InstanceData data;

  private InstanceTables(ShardContext context) throws IOException {
    try {
      boolean mirrored =
          !context.input(TrainIcGanTask.FEATURES).files(TrainIcGanTask.MIRRORED).isEmpty();
      data =
          new InstanceData(
              new MappedImages(table(context, TrainIcGanTask.IMAGES, TrainIcGanTask.TRAIN)),
              features(context, TrainIcGanTask.TRAIN),
              mirrored ? Optional.of(features(context, TrainIcGanTask.MIRRORED)) : Optional.empty(),
              new MappedNeighborhoods(
                  table(context, TrainIcGanTask.NEIGHBORS, TrainIcGanTask.NEIGHBORS)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  static InstanceTables open(ShardContext context) throws IOException {
    return new InstanceTables(context);
  }

  InstanceData data() {
    return data;
  }

  private RowSource features(ShardContext context, String role) throws IOException {
    return new TableRows(table(context, TrainIcGanTask.FEATURES, role), FeatureTable.FEATURE);
  }

  private TableReader table(ShardContext context, String input, String role) throws IOException {
    TableReader reader = context.open(input, role);
    open.add(reader);
    return reader;
  }

  @Override
  public void close() throws IOException {
    for (TableReader reader : open) {
      reader.close();
    }
  }
}
