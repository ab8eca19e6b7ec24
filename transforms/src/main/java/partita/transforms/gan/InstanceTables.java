package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.models.network.BigGanConfig;
import partita.models.row.RowSource;
import partita.models.train.IcGanTraining;
import partita.models.train.InstanceConditionalGan;
import partita.models.train.InstanceData;
import partita.models.train.LabeledImages;
import partita.models.train.Labels;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.MappedImages;
import partita.transforms.train.MappedNeighborhoods;

/** The mapped tables that a network is trained on, as far as it is conditioned on them. */
final class InstanceTables implements AutoCloseable {
  private final ShardContext context;
  private final BigGanConfig network;
  private final List<TableReader> open = new ArrayList<>();

  /** Opens nothing yet. Everything is open from its first use until this is closed. */
  InstanceTables(ShardContext context, BigGanConfig network) {
    this.context = context;
    this.network = network;
  }

  /** The system that is trained on the tables. */
  InstanceConditionalGan gan(NDManager manager, IcGanTraining training) throws IOException {
    TableReader images = table(TrainIcGanTask.IMAGES, TrainIcGanTask.TRAIN);
    MappedImages pixels = new MappedImages(images);
    if (network.featureWidth() == 0) {
      LabeledImages data = new LabeledImages(pixels, labels(images));
      return new InstanceConditionalGan(manager, network, training, data, context.seed());
    }
    boolean mirrored =
        !context.input(TrainIcGanTask.FEATURES).files(TrainIcGanTask.MIRRORED).isEmpty();
    InstanceData data =
        new InstanceData(
            pixels,
            features(TrainIcGanTask.TRAIN),
            mirrored ? Optional.of(features(TrainIcGanTask.MIRRORED)) : Optional.empty(),
            new MappedNeighborhoods(table(TrainIcGanTask.NEIGHBORS, TrainIcGanTask.NEIGHBORS)));
    if (network.classes() > 0) {
      data = data.withLabels(labels(images));
    }
    return new InstanceConditionalGan(manager, network, training, data, context.seed());
  }

  private static Labels labels(TableReader images) throws IOException {
    return new Labels(images.ints(ImageTable.LABEL));
  }

  private RowSource features(String role) throws IOException {
    return new TableRows(table(TrainIcGanTask.FEATURES, role), FeatureTable.FEATURE);
  }

  private TableReader table(String input, String role) throws IOException {
    TableReader reader = context.open(input, role);
    open.add(reader);
    return reader;
  }

  @Override
  public void close() {
    open.forEach(TableReader::close);
  }
}
