package partita.transforms.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import partita.models.gan.GanNetworks;
import partita.models.gan.LabelGenerator;
import partita.models.layer.Mode;
import partita.models.network.Condition;
import partita.models.op.Gradients;
import partita.models.op.OwnMemory;
import partita.models.random.CounterRandom;
import partita.models.train.PixelBatch;
import partita.schemas.table.PointSampleTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.SharedNetwork;

/**
 * Samples a generator conditioned on labels or on nothing: sample s with the latent vector and the
 * label of (seed, s). Labels are drawn by cluster size ({@code clusters}, a partition), by class
 * size ({@code data}, ingested rows), or, without either input, uniformly.
 *
 * <p>Reads {@code generator} (role {@code generator} or {@code average}). Writes {@code samples}, a
 * {@link PointSampleTable} or a {@link SampleTable}.
 *
 * @param averaged whether the generator's moving average is sampled instead of its last weights
 * @param count samples in all
 * @param samplesPerShard samples in a shard
 * @param batch samples generated at a time
 */
public record SampleLabelGanTask(
    GanNetworks networks, boolean averaged, int count, int samplesPerShard, int batch)
    implements ShardTask {
  public static final String GENERATOR = TrainedGenerator.GENERATOR;
  public static final String CLUSTERS = "clusters";
  public static final String DATA = "data";

  private static final int ROWS_PER_BATCH = 1024;

  public SampleLabelGanTask {
    if (count < 1 || samplesPerShard < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "Cannot draw %d samples, %d a shard, %d at a time: expected at least 1 each"
              .formatted(count, samplesPerShard, batch));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return (count + samplesPerShard - 1) / samplesPerShard;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    LabelWeights weights = LabelWeights.open(context, networks);
    int first = shard * samplesPerShard;
    int end = Math.min(count, first + samplesPerShard);
    ShardMeter meter = new ShardMeter(context, "samples", end - first);
    try (SharedNetwork<LabelGenerator> shared = TrainedGenerator.open(context, networks, averaged);
        TableWriter writer = context.writer(SampleTask.SAMPLES, schema(), ROWS_PER_BATCH)) {
      for (int start = first; start < end; start += batch) {
        // A full batch always: results must not depend on where a shard ends.
        float[] z = latent(context.seed(), start);
        int[] labels = weights.draw(context.seed(), start, batch);
        int kept = Math.min(batch, end - start);
        append(writer, start, kept, z, labels, generate(shared.network(), z, labels, kept));
        meter.count(kept);
      }
      return ShardResult.of(writer.commit());
    }
  }

  private boolean images() {
    return networks.sampleShape().size() == 3;
  }

  private TableSchema schema() {
    List<Integer> shape = networks.sampleShape();
    return images()
        ? SampleTable.schema(networks.latentWidth(), shape.get(0), shape.get(1), shape.get(2))
        : PointSampleTable.schema(networks.latentWidth());
  }

  private float[] latent(long seed, int start) {
    CounterRandom random = new CounterRandom(seed, "sample.latent");
    int width = networks.latentWidth();
    float[] z = new float[batch * width];
    for (int i = 0; i < batch; i++) {
      random.normals(0, start + i, z, i * width, width);
    }
    return z;
  }

  /** Points or pixels of the first {@code kept} samples of a batch. */
  private Object generate(LabelGenerator generator, float[] z, int[] labels, int kept) {
    try (NDManager scratch = generator.manager().newSubManager();
        Gradients.Recording paused = Gradients.pause()) {
      Condition condition =
          networks.labels() == 0
              ? Condition.NONE
              : Condition.NONE.withLabels(
                  scratch.create(Arrays.stream(labels).asLongStream().toArray()));
      NDArray samples =
          generator.forward(
              OwnMemory.of(scratch, z, new Shape(batch, networks.latentWidth())),
              condition,
              Mode.EVALUATION);
      samples.attach(scratch);
      NDArray wanted = samples.get("0:" + kept);
      return images() ? PixelBatch.bytes(wanted) : wanted.toFloatArray();
    }
  }

  private void append(
      TableWriter writer, int start, int kept, float[] z, int[] labels, Object samples)
      throws IOException {
    long[] ids = LongStream.range(start, start + kept).toArray();
    float[] latent = Arrays.copyOf(z, kept * networks.latentWidth());
    int[] own = Arrays.copyOf(labels, kept);
    if (images()) {
      long[] none = LongStream.generate(() -> SampleConditions.NONE).limit(kept).toArray();
      writer.append(kept, ids, none, own, latent, samples);
    } else {
      writer.append(kept, ids, own, latent, samples);
    }
  }
}
