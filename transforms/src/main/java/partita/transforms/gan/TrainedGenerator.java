package partita.transforms.gan;

import java.io.IOException;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelGan;
import partita.models.gan.LabelGenerator;
import partita.models.train.NetworkWeights;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.TableReader;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.SharedNetwork;
import partita.transforms.train.StateTable;

/** The generator of a segment of training, to be evaluated. */
final class TrainedGenerator {
  /** Input with the artifact of the segment. */
  static final String GENERATOR = "generator";

  private TrainedGenerator() {}

  /**
   * The generator of the input {@link #GENERATOR}, shared by all shards of this JVM that hold it.
   *
   * @param averaged whether it is the moving average instead of the last weights
   */
  static SharedNetwork<LabelGenerator> open(
      ShardContext context, GanNetworks networks, boolean averaged) throws IOException {
    Manifest artifact = context.input(GENERATOR);
    String role = averaged ? TrainLabelGanTask.AVERAGE : LabelGan.GENERATOR;
    return SharedNetwork.acquire(
        LabelGenerator.class,
        artifact.contentDigest() + "/" + role,
        context.execution().device(),
        manager -> {
          LabelGenerator generator = networks.generator(manager);
          try (TableReader weights = context.open(GENERATOR, role)) {
            NetworkWeights.load(generator, LabelGan.GENERATOR, StateTable.read(weights));
          }
          return generator;
        });
  }
}
