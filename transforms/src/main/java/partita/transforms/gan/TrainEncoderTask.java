package partita.transforms.gan;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.gan.ImageGanNetworks;
import partita.models.gan.LabelGenerator;
import partita.models.inversion.EncoderSystem;
import partita.models.inversion.EncoderTraining;
import partita.models.random.CounterRandom;
import partita.models.train.NetworkWeights;
import partita.models.train.Trainer;
import partita.models.train.TrainingState;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.CurveRows;
import partita.transforms.train.Devices;
import partita.transforms.train.SharedNetwork;
import partita.transforms.train.TrainingRun;

/**
 * Trains an encoder that inverts a generator ({@link EncoderSystem}). Images are generated for
 * labels drawn as those of samples are ({@link SampleLabelGanTask}).
 *
 * <p>Reads {@code generator} (role {@code generator} or {@code average}) and, for labels, {@code
 * clusters} or {@code data}, as samples do. Writes {@code encoder} and {@code curve}.
 *
 * @param averaged whether the generator's moving average is inverted instead of its last weights
 */
public record TrainEncoderTask(
    ImageGanNetworks networks, boolean averaged, EncoderTraining training) implements ShardTask {
  public static final String GENERATOR = TrainedGenerator.GENERATOR;

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
    long seed = new CounterRandom(context.seed(), "encoder").bits(0, 0, 0);
    LabelWeights weights = LabelWeights.open(context, networks);
    try (SharedNetwork<LabelGenerator> generator =
            TrainedGenerator.open(context, networks, averaged);
        NDManager manager = Devices.manager(context.execution().device())) {
      EncoderSystem encoder =
          new EncoderSystem(
              manager,
              networks,
              generator.network(),
              training,
              (first, count) -> weights.draw(seed, Math.toIntExact(first), count),
              seed);
      Trainer trainer =
          new TrainingRun(context)
              .run(encoder.system(), Optional.empty(), training.steps(), training.curveWindow());
      TrainingState state = trainer.state();
      return new ShardResult(
          List.of(
              Segments.write(
                  context,
                  EncoderSystem.NETWORK,
                  NetworkWeights.trained(state, EncoderSystem.NETWORK)),
              CurveRows.write(context, trainer.curve().points(0))),
          Map.of("train.steps", (long) training.steps()));
    }
  }
}
