package partita.transforms.gan;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import partita.models.embed.PerceptualNetwork;
import partita.models.metric.PairedDistance;
import partita.models.network.Architecture;
import partita.models.network.PretrainedNetwork;
import partita.models.train.ImageSource;
import partita.models.weights.WeightFile;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.ReconstructionErrorTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.metric.MetricRows;
import partita.transforms.metric.MetricTask;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * How far reconstructions are from the images they are of (Liu et al., CVPR 2020, section 4.4.2),
 * as the encoder says them and after the search: the mean absolute difference of pixels, and LPIPS
 * v0.1 if the input {@code network} is there with the raw input {@code linear}, its learned
 * weights. Means and population standard deviations are over the images.
 *
 * <p>Reads {@code reconstructions} (roles {@code real}, {@code encoded} and {@code optimized}).
 * Writes {@code metrics} and {@code errors} ({@link ReconstructionErrorTable}).
 *
 * @param network name of the network of LPIPS in metrics, {@code alexnet}; empty without
 * @param batch images compared at a time
 */
public record ScoreReconstructionsTask(String network, int batch) implements MetricTask {
  public static final String RECONSTRUCTIONS = "reconstructions";
  public static final String NETWORK = "network";
  public static final String LINEAR = "linear";

  /** Metrics: mean absolute difference of pixels, in [0, 1]. */
  public static final String ENCODED_PIXELS = "encoded-pixels";

  public static final String OPTIMIZED_PIXELS = "reconstruction-pixels";

  /** Metrics: LPIPS, with the network behind the name. */
  public static final String ENCODED_PERCEPTUAL = "encoded-lpips";

  public static final String OPTIMIZED_PERCEPTUAL = "reconstruction-lpips";

  /** Role of the errors of single images. */
  static final String ERRORS = "errors";

  private static final int ROWS_PER_BATCH = 1024;
  private static final double WHITE = 255;

  /** Distances of the same images to two reconstructions. */
  private record Pair(double[] encoded, double[] optimized) {}

  /** Compares consecutive rows of two sources. */
  private interface Distance {
    double[] of(ImageSource real, ImageSource made, long first, int count) throws IOException;
  }

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public List<String> metrics() {
    List<String> names = new ArrayList<>(List.of(ENCODED_PIXELS, OPTIMIZED_PIXELS));
    if (!network.isEmpty()) {
      names.addAll(List.of(named(ENCODED_PERCEPTUAL), named(OPTIMIZED_PERCEPTUAL)));
    }
    return names;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (TableReader real = context.open(RECONSTRUCTIONS, ReconstructTask.REAL);
        TableReader encoded = context.open(RECONSTRUCTIONS, ReconstructTask.ENCODED);
        TableReader optimized = context.open(RECONSTRUCTIONS, ReconstructTask.OPTIMIZED)) {
      List<MappedImages> images =
          List.of(new MappedImages(real), new MappedImages(encoded), new MappedImages(optimized));
      Pair pixels = compare(context, images, ScoreReconstructionsTask::pixels);
      MetricRows plain = new MetricRows(context.seed(), "", "mean absolute difference of pixels");
      add(plain, ENCODED_PIXELS, pixels.encoded());
      add(plain, OPTIMIZED_PIXELS, pixels.optimized());
      Pair perceptual = missing(pixels.encoded().length);
      if (!network.isEmpty()) {
        perceptual = perceptual(context, images);
        MetricRows learned =
            new MetricRows(context.seed(), networkWithDigest(context), "lpips-v0.1");
        add(learned, named(ENCODED_PERCEPTUAL), perceptual.encoded());
        add(learned, named(OPTIMIZED_PERCEPTUAL), perceptual.optimized());
        plain.addAll(learned);
      }
      return ShardResult.of(
          plain.write(context), write(context, RowIds.of(real), pixels, perceptual));
    }
  }

  private String named(String metric) {
    return metric + "(" + network + ")";
  }

  private String networkWithDigest(ShardContext context) {
    return network + " " + context.input(NETWORK).contentDigest();
  }

  private static void add(MetricRows rows, String metric, double[] distances) {
    PairedDistance distance = PairedDistance.of(distances);
    rows.add(metric, distance.mean(), distance.std(), distance.pairs(), distance.pairs());
  }

  private static Pair missing(int count) {
    double[] unknown = new double[count];
    Arrays.fill(unknown, Double.NaN);
    return new Pair(unknown, unknown);
  }

  private Pair perceptual(ShardContext context, List<MappedImages> images)
      throws IOException, InterruptedException {
    Architecture architecture =
        NetworkArtifact.describe(context.store(), context.input(NETWORK))
            .architecture()
            .orElseThrow();
    try (SharedNetwork<PretrainedNetwork> shared =
            NetworkArtifact.openUnprepared(context, context.input(NETWORK));
        WeightFile linear = WeightFile.open(Path.of(context.inputs().file(LINEAR)))) {
      PerceptualNetwork lpips = PerceptualNetwork.open(shared.network(), architecture, linear);
      return compare(context, images, lpips::distances);
    }
  }

  /** Distances of the first images to the second and to the third. */
  private Pair compare(ShardContext context, List<MappedImages> images, Distance distance)
      throws IOException, InterruptedException {
    int count = Math.toIntExact(images.get(0).rows());
    Pair pair = new Pair(new double[count], new double[count]);
    ShardMeter meter = new ShardMeter(context, "images", count);
    for (int first = 0; first < count; first += batch) {
      int some = Math.min(batch, count - first);
      double[] encoded = distance.of(images.get(0), images.get(1), first, some);
      double[] optimized = distance.of(images.get(0), images.get(2), first, some);
      System.arraycopy(encoded, 0, pair.encoded(), first, some);
      System.arraycopy(optimized, 0, pair.optimized(), first, some);
      meter.count(some);
    }
    return pair;
  }

  private static double[] pixels(ImageSource real, ImageSource made, long first, int count)
      throws IOException {
    int size = real.channels() * real.height() * real.width();
    byte[] wanted = bytes(real, first, count, size);
    byte[] found = bytes(made, first, count, size);
    double[] distances = new double[count];
    for (int image = 0; image < count; image++) {
      long sum = 0;
      for (int i = image * size; i < (image + 1) * size; i++) {
        sum += Math.abs((wanted[i] & 0xFF) - (found[i] & 0xFF));
      }
      distances[image] = sum / (WHITE * size);
    }
    return distances;
  }

  private static byte[] bytes(ImageSource images, long first, int count, int size)
      throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(count * size);
    images.gather(LongStream.range(first, first + count).toArray(), pixels);
    return pixels.array();
  }

  private static FileEntry write(ShardContext context, long[] ids, Pair pixels, Pair perceptual)
      throws IOException {
    try (TableWriter writer =
        context.writer(ERRORS, ReconstructionErrorTable.schema(), ROWS_PER_BATCH)) {
      writer.append(
          ids.length,
          ids,
          pixels.encoded(),
          pixels.optimized(),
          perceptual.encoded(),
          perceptual.optimized());
      return writer.commit();
    }
  }
}
