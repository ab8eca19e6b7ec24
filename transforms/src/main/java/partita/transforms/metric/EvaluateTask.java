package partita.transforms.metric;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import partita.models.row.RowSource;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;

/**
 * Scores samples against real images in a feature space. Inputs: {@code real} ({@link
 * FeatureTable}), its {@code moments} ({@link MomentsTask}) and {@code radii} ({@link RadiiTask}),
 * which are the same for all samples, {@code samples} (features of the samples, role {@code
 * samples}; with logits the inception score is given too) and {@code images} (the samples
 * themselves, {@link SampleTable}, role {@code samples}, for the instance each was conditioned on).
 * Writes the role {@code metrics}: {@code fid}, {@code is}, {@code precision}, {@code recall},
 * {@code density}, {@code coverage} and {@code diversity}, each with the network in its name.
 *
 * @param protocol how
 * @param realRole role of the real features, {@code train} or {@code validation}
 * @param sampleSeed seed the samples were drawn with
 */
public record EvaluateTask(Protocol protocol, String realRole, long sampleSeed)
    implements MetricTask {
  /** Input with the real features. */
  public static final String REAL = "real";

  /** Input with the moments of the real features. */
  public static final String MOMENTS = "moments";

  /** Input with the radii about the real features. */
  public static final String RADII = "radii";

  /** Input with the samples' features; also the role of samples and of their features. */
  public static final String SAMPLES = "samples";

  /** Input with the samples. */
  public static final String IMAGES = "images";

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public List<String> metrics() {
    return Scores.NAMES.stream().map(protocol::name).toList();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    String network = Embedder.same(context, REAL, SAMPLES);
    MetricRows rows = new MetricRows(sampleSeed, protocol.network() + " " + network, realRole);
    try (TableReader real = context.open(REAL, realRole);
        TableReader moments = context.open(MOMENTS, MomentsTask.MOMENTS);
        TableReader radii = context.open(RADII, RadiiTask.RADII);
        TableReader samples = context.open(SAMPLES, SAMPLES);
        TableReader images = context.open(IMAGES, SAMPLES)) {
      Scores scores = new Scores(context, protocol, rows, features(samples));
      scores.frechet(MomentsTask.read(moments));
      if (hasLogits(samples.schema())) {
        scores.inception(new TableRows(samples, FeatureTable.LOGITS));
      } else {
        scores.withoutClasses();
      }
      scores.neighbors(
          RadiiTask.read(features(real), radii, protocol.neighbors(), protocol.neighborRows()));
      scores.diversity(conditions(images));
      return new ShardResult(List.of(rows.write(context)), scores.facts());
    }
  }

  /** What each sample was conditioned on: its instance, without instances its class. */
  private static long[] conditions(TableReader samples) throws IOException {
    long[] instances = samples.longs(SampleTable.INSTANCE);
    return LongStream.of(instances).anyMatch(instance -> instance >= 0)
        ? instances
        : IntStream.of(samples.ints(SampleTable.LABEL)).asLongStream().toArray();
  }

  static RowSource features(TableReader table) {
    return new TableRows(table, FeatureTable.FEATURE);
  }

  static boolean hasLogits(TableSchema schema) {
    return schema.columns().stream().anyMatch(column -> column.name().equals(FeatureTable.LOGITS));
  }
}
