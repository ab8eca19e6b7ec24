package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelGan;
import partita.models.gan.LabelGanTraining;
import partita.models.train.NetworkWeights;
import partita.models.train.Trainer;
import partita.models.train.TrainingState;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IngestTask;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.CurveRows;
import partita.transforms.train.Devices;
import partita.transforms.train.TrainingRun;

/**
 * Trains a GAN conditioned on labels or on nothing for the steps {@code [fromStep, toStep)}.
 * However a training is cut into segments of one seed and one partition, it ends with the same
 * bits; {@code [0, 0)} is the first weights.
 *
 * <p>Reads {@code data} (role {@code train}), for labels that are clusters {@code clusters} (a
 * partition), and, unless it is the first segment, {@code previous}, the artifact of the segment
 * before. Writes {@code state} (everything needed to go on), {@code generator} (as trained), {@code
 * average} (its moving average, if there is one), {@code signature} and {@code curve} (losses of
 * this segment).
 */
public record TrainLabelGanTask(
    GanNetworks networks,
    LabelGanTraining training,
    GanDataset dataset,
    LabelRule labels,
    long fromStep,
    long toStep)
    implements ShardTask {
  public static final String DATA = "data";
  public static final String CLUSTERS = "clusters";
  public static final String PREVIOUS = "previous";

  /** Role of the generator's moving average. */
  static final String AVERAGE = "average";

  public TrainLabelGanTask {
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
        TableReader table = context.open(DATA, IngestTask.TRAIN)) {
      LabelGan gan =
          new LabelGan(
              manager,
              networks,
              training,
              dataset.open(table, context.seed()),
              labels.open(manager, context, networks),
              context.seed());
      Optional<TrainingState> previous =
          fromStep == 0
              ? Optional.empty()
              : Optional.of(Segments.read(context, PREVIOUS, fromStep));
      Trainer trainer =
          new TrainingRun(context).run(gan.system(), previous, toStep, training.curveWindow());
      return write(context, trainer);
    }
  }

  private ShardResult write(ShardContext context, Trainer trainer) throws IOException {
    TrainingState state = trainer.state();
    boolean averaged = training.averageDecay() > 0;
    List<FileEntry> files = new ArrayList<>();
    files.add(Segments.write(context, Segments.STATE, state.tensors()));
    files.add(
        Segments.write(
            context, LabelGan.GENERATOR, NetworkWeights.trained(state, LabelGan.GENERATOR)));
    if (averaged) {
      files.add(
          Segments.write(context, AVERAGE, NetworkWeights.averaged(state, LabelGan.GENERATOR)));
    }
    files.add(LabelGanSignature.of(networks, averaged, toStep).write(context.store()));
    files.add(CurveRows.write(context, trainer.curve().points(fromStep)));
    return new ShardResult(files, Map.of("train.steps", toStep));
  }
}
