package partita.transforms.gan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import partita.models.network.BigGanConfig;
import partita.models.network.BigGanGenerator;
import partita.models.train.InstanceConditionalGan;
import partita.models.train.InstanceSampler;
import partita.models.train.NetworkWeights;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.InstanceTable;
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
 * Samples a generator, conditioned on selected instances in turn: sample s on instance s mod K,
 * with the latent vector of (seed, s).
 *
 * <p>Reads {@code generator} (an artifact with roles {@code generator} and {@code signature}),
 * {@code instances} (role {@code instances}, an {@link InstanceTable}) and {@code features} (role
 * {@code train}). Writes {@code samples}.
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
        TableReader instances = context.open(INSTANCES, INSTANCES);
        TableReader features = context.open(FEATURES, TrainIcGanTask.TRAIN)) {
      long[] ids = instances.longs(InstanceTable.ID);
      long[] rows = instances.longs(InstanceTable.ROW);
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
          int[] chosen = chosen(start, rows.length);
          InstanceSampler.Samples samples =
              sampler.sample(start, batch, features(features, rows, chosen));
          int kept = Math.min(batch, end - start);
          append(writer, start, kept, ids, chosen, samples);
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

  /** Index of the instance of each sample of a batch. */
  private int[] chosen(int start, int instances) {
    int[] chosen = new int[batch];
    Arrays.setAll(chosen, i -> (int) (((long) start + i) % instances));
    return chosen;
  }

  private static float[] features(TableReader reader, long[] rows, int[] chosen)
      throws IOException {
    long[] wanted = Arrays.stream(chosen).mapToLong(instance -> rows[instance]).toArray();
    int width = reader.schema().column(FeatureTable.FEATURE).elements();
    ByteBuffer bytes =
        ByteBuffer.allocate(wanted.length * width * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    reader.gather(FeatureTable.FEATURE, wanted, bytes);
    float[] features = new float[wanted.length * width];
    bytes.flip().asFloatBuffer().get(features);
    return features;
  }

  private static void append(
      TableWriter writer,
      int start,
      int kept,
      long[] ids,
      int[] chosen,
      InstanceSampler.Samples samples)
      throws IOException {
    long[] numbers = new long[kept];
    long[] instances = new long[kept];
    int[] labels = new int[kept];
    for (int i = 0; i < kept; i++) {
      numbers[i] = start + i;
      instances[i] = ids[chosen[i]];
      labels[i] = -1;
    }
    int batch = chosen.length;
    writer.append(
        kept,
        numbers,
        instances,
        labels,
        Arrays.copyOf(samples.z(), samples.z().length / batch * kept),
        Arrays.copyOf(samples.pixels(), samples.pixels().length / batch * kept));
  }
}
