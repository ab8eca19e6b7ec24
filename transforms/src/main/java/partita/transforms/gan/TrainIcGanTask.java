package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.network.BigGanConfig;
import partita.models.train.IcGanTraining;
import partita.models.train.InstanceConditionalGan;
import partita.models.train.NetworkWeights;
import partita.models.train.Trainer;
import partita.models.train.TrainingState;
import partita.schemas.artifact.FileEntry;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.CurveRows;
import partita.transforms.train.Devices;
import partita.transforms.train.TrainingRun;

/**
 * Trains IC-GAN, or BigGAN on classes, for the steps {@code [fromStep, toStep)}. However a training
 * is cut into segments of one seed, it ends with the same bits; {@code [0, 0)} is the first
 * weights.
 *
 * <p>Reads {@code images} (role {@code train}), for a network conditioned on instances {@code
 * features} (roles {@code train} and, if it is there, {@code train-mirrored}) and {@code neighbors}
 * (role {@code neighbors}), and, unless it is the first segment, {@code previous}, the artifact of
 * the segment before. Writes {@code state} (everything needed to go on), {@code generator} (the
 * generator's moving average) with its {@code signature}, and {@code curve} (losses of this
 * segment).
 */
public record TrainIcGanTask(
    BigGanConfig network, IcGanTraining training, long fromStep, long toStep) implements ShardTask {
  public static final String IMAGES = "images";
  public static final String FEATURES = "features";
  public static final String NEIGHBORS = "neighbors";
  public static final String PREVIOUS = "previous";
  public static final String GENERATOR = "generator";
  static final String TRAIN = "train";
  static final String MIRRORED = "train-mirrored";

  public TrainIcGanTask {
    if (network.classes() == 0 && network.featureWidth() == 0) {
      throw new IllegalArgumentException(
          "Cannot train: the network is conditioned on nothing, expected instances, classes or both");
    }
    if (fromStep < 0 || toStep < fromStep || (fromStep == toStep && fromStep > 0)) {
      throw new IllegalArgumentException(
          "Cannot train steps [%d, %d): expected 0 <= from < to, or [0, 0) for the first weights"
              .formatted(fromStep, toStep));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public boolean exclusive() {
    return true;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    try (NDManager manager = Devices.manager(context.execution().device());
        InstanceTables tables = new InstanceTables(context, network)) {
      InstanceConditionalGan gan = tables.gan(manager, training);
      Trainer trainer =
          new TrainingRun(context)
              .run(gan.system(), previous(context), toStep, training.curveWindow());
      return write(context, trainer);
    }
  }

  private Optional<TrainingState> previous(ShardContext context) throws IOException {
    if (fromStep == 0) {
      return Optional.empty();
    }
    return Optional.of(Segments.read(context, PREVIOUS, fromStep));
  }

  private ShardResult write(ShardContext context, Trainer trainer) throws IOException {
    TrainingState state = trainer.state();
    List<FileEntry> files =
        List.of(
            Segments.write(context, Segments.STATE, state.tensors()),
            Segments.write(
                context,
                GENERATOR,
                NetworkWeights.averaged(state, InstanceConditionalGan.GENERATOR)),
            GeneratorSignature.bigGan(network, toStep).write(context.store()),
            CurveRows.write(context, trainer.curve().points(fromStep)));
    return new ShardResult(files, Map.of("train.steps", toStep));
  }
}
