package partita.transforms.gan;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import partita.models.network.BigGanConfig;
import partita.models.network.BigGanGenerator;
import partita.models.train.InstanceConditionalGan;
import partita.models.train.InstanceSampler;
import partita.models.train.NetworkWeights;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.SharedNetwork;
import partita.transforms.train.StateTable;

/**
 * Samples a generator: sample s with the latent vector of (seed, s), conditioned on selected
 * instances in turn, with the classes of their neighbors where it is conditioned on classes too, or
 * on classes drawn uniformly.
 *
 * <p>Reads {@code generator} (an artifact with roles {@code generator} and {@code signature}); for
 * one conditioned on instances {@code instances} (role {@code instances}) and {@code features}
 * (role {@code train}), and with classes too {@code neighbors} (role {@code neighbors}) and {@code
 * images} (role {@code train}). Writes {@code samples}.
 *
 * @param count samples in all
 * @param samplesPerShard samples in a shard
 * @param batch samples generated at a time
 * @param truncation standard deviation of the latent vector, 1 for the distribution trained on
 */
public record SampleTask(int count, int samplesPerShard, int batch, double truncation)
    implements ShardTask {
  public static final String GENERATOR = "generator";
  public static final String INSTANCES = "instances";
  public static final String FEATURES = "features";
  public static final String SAMPLES = "samples";
  private static final int ROWS_PER_BATCH = 1024;

  public SampleTask {
    if (count < 1 || samplesPerShard < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "Cannot draw %d samples, %d a shard, %d at a time: expected at least 1 each"
              .formatted(count, samplesPerShard, batch));
    }
    if (!(truncation > 0 && truncation <= 1)) {
      throw new IllegalArgumentException(
          "Cannot sample with truncation " + truncation + ": expected a number in (0, 1]");
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return (count + samplesPerShard - 1) / samplesPerShard;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    Manifest artifact = context.input(GENERATOR);
    try (SharedNetwork<BigGanGenerator> shared = generator(context, artifact);
        SampleConditions conditions = SampleConditions.open(context, shared.network().config())) {
      BigGanConfig config = shared.network().config();
      InstanceSampler sampler = new InstanceSampler(shared.network(), context.seed(), truncation);
      int first = shard * samplesPerShard;
      int end = Math.min(count, first + samplesPerShard);
      ShardMeter meter = new ShardMeter(context, "images", end - first);
      try (TableWriter writer =
          context.writer(
              SAMPLES,
              SampleTable.schema(
                  config.latentWidth(),
                  config.imageChannels(),
                  config.resolution(),
                  config.resolution()),
              ROWS_PER_BATCH)) {
        for (int start = first; start < end; start += batch) {
          SampleConditions.Batch condition = conditions.of(start, batch);
          InstanceSampler.Samples samples =
              sampler.sample(start, batch, condition.features(), condition.classes());
          int kept = Math.min(batch, end - start);
          append(writer, start, kept, condition, samples);
          meter.count(kept);
        }
        return ShardResult.of(writer.commit());
      }
    }
  }

  private static SharedNetwork<BigGanGenerator> generator(ShardContext context, Manifest artifact)
      throws IOException {
    return SharedNetwork.acquire(
        BigGanGenerator.class,
        artifact.contentDigest(),
        context.execution().device(),
        manager -> {
          GeneratorSignature signature = GeneratorSignature.read(context.store(), artifact);
          BigGanGenerator generator = new BigGanGenerator(manager, signature.config());
          try (TableReader weights =
              TableReader.open(context.store(), artifact, TrainIcGanTask.GENERATOR)) {
            NetworkWeights.load(
                generator, InstanceConditionalGan.GENERATOR, StateTable.read(weights));
          }
          return generator;
        });
  }

  private static void append(
      TableWriter writer,
      int start,
      int kept,
      SampleConditions.Batch condition,
      InstanceSampler.Samples samples)
      throws IOException {
    int batch = condition.labels().length;
    writer.append(
        kept,
        LongStream.range(start, start + kept).toArray(),
        Arrays.copyOf(condition.instances(), kept),
        Arrays.copyOf(condition.labels(), kept),
        Arrays.copyOf(samples.z(), samples.z().length / batch * kept),
        Arrays.copyOf(samples.pixels(), samples.pixels().length / batch * kept));
  }
}
