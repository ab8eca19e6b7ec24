package partita.transforms.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import partita.models.gan.ImageGanNetworks;
import partita.models.gan.LabelGenerator;
import partita.models.inversion.Encoder;
import partita.models.inversion.EncoderSystem;
import partita.models.inversion.Inversion;
import partita.models.inversion.LatentSearch;
import partita.models.inversion.LatentSearchSettings;
import partita.models.random.CounterRandom;
import partita.models.train.NetworkWeights;
import partita.models.train.PixelBatch;
import partita.schemas.table.ImageTable;
import partita.schemas.table.ReconstructionTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.dataset.IngestTask;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;
import partita.transforms.train.StateTable;

/**
 * Reconstructs images that training never saw ({@link LatentSearch}): {@code images} of them, drawn
 * by the seed, in the order of their ids.
 *
 * <p>Reads {@code generator} (role {@code generator} or {@code average}), {@code encoder} (role
 * {@code encoder}) and {@code data} (role {@code validation}). Writes {@code real} ({@link
 * ImageTable}), {@code encoded} and {@code optimized} ({@link ReconstructionTable}), with the same
 * image in the same row.
 *
 * @param averaged whether the generator's moving average reconstructs instead of its last weights
 * @param images in all
 * @param imagesPerShard images in a shard, a multiple of the batch
 * @param batch images at a time
 */
public record ReconstructTask(
    ImageGanNetworks networks,
    boolean averaged,
    LatentSearchSettings search,
    int images,
    int imagesPerShard,
    int batch)
    implements ShardTask {
  public static final String GENERATOR = TrainedGenerator.GENERATOR;
  public static final String ENCODER = "encoder";
  public static final String DATA = "data";

  /** Role of the given images. */
  public static final String REAL = "real";

  /** Role of what the encoder says. */
  public static final String ENCODED = "encoded";

  /** Role of what the search made of it. */
  public static final String OPTIMIZED = "optimized";

  private static final int ROWS_PER_BATCH = 1024;

  public ReconstructTask {
    if (images < 1 || batch < 1 || imagesPerShard < batch || imagesPerShard % batch != 0) {
      throw new IllegalArgumentException(
          "Cannot reconstruct %d images, %d a shard, %d at a time: expected at least 1 each, and shards of whole batches"
              .formatted(images, imagesPerShard, batch));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return (images + imagesPerShard - 1) / imagesPerShard;
  }

  /** Gradients are recorded, as training does. */
  @Override
  public boolean exclusive() {
    return true;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    int begin = shard * imagesPerShard;
    int end = Math.min(images, begin + imagesPerShard);
    ShardMeter meter = new ShardMeter(context, "images", end - begin);
    try (SharedNetwork<LabelGenerator> generator =
            TrainedGenerator.open(context, networks, averaged);
        SharedNetwork<Encoder> encoder = encoder(context, generator.network());
        TableReader table = context.open(DATA, IngestTask.VALIDATION);
        TableWriter real = context.writer(REAL, realSchema(), ROWS_PER_BATCH);
        TableWriter encoded = context.writer(ENCODED, schema(), ROWS_PER_BATCH);
        TableWriter optimized = context.writer(OPTIMIZED, schema(), ROWS_PER_BATCH)) {
      LatentSearch search = new LatentSearch(generator.network(), encoder.network(), this.search);
      MappedImages source = new MappedImages(table);
      long[] chosen = chosen(table.rows(), context.seed());
      long[] ids = RowIds.of(table);
      int[] classes = RowIds.labels(table);
      for (int first = begin; first < end; first += batch) {
        int kept = Math.min(batch, end - first);
        // A full batch always: results must not depend on where the rows end.
        long[] rows = new long[batch];
        for (int i = 0; i < batch; i++) {
          rows[i] = chosen[first + Math.min(i, kept - 1)];
        }
        Inversion found = invert(encoder.network().manager(), search, source, rows);
        long[] own = Arrays.stream(rows).limit(kept).map(row -> ids[(int) row]).toArray();
        int[] known = Arrays.stream(rows).limit(kept).mapToInt(row -> classes[(int) row]).toArray();
        real.append(kept, own, known, pixels(source, rows, kept));
        append(encoded, own, found.labels(), found.encoded());
        append(optimized, own, found.labels(), found.optimized());
        meter.count(kept);
      }
      return ShardResult.of(real.commit(), encoded.commit(), optimized.commit());
    }
  }

  private static Inversion invert(
      NDManager manager, LatentSearch search, MappedImages source, long[] rows) throws IOException {
    try (NDManager scratch = manager.newSubManager();
        NDArray x = PixelBatch.load(scratch, source, rows, new boolean[rows.length])) {
      return search.of(x);
    }
  }

  private long[] chosen(long rows, long seed) {
    if (images > rows) {
      throw new IllegalArgumentException(
          "Cannot reconstruct %,d images: there are %,d validation images; lower reconstruct.images or raise dataset.validation"
              .formatted(images, rows));
    }
    int[] drawn = new CounterRandom(seed, "reconstruct").permutation(Math.toIntExact(rows), 0);
    return Arrays.stream(drawn).limit(images).sorted().asLongStream().toArray();
  }

  private SharedNetwork<Encoder> encoder(ShardContext context, LabelGenerator generator)
      throws IOException {
    return SharedNetwork.acquire(
        Encoder.class,
        context.input(ENCODER).contentDigest(),
        context.execution().device(),
        manager -> {
          Encoder encoder = new Encoder(manager, networks, generator);
          try (TableReader weights = context.open(ENCODER, EncoderSystem.NETWORK)) {
            NetworkWeights.load(encoder, EncoderSystem.NETWORK, StateTable.read(weights));
          }
          return encoder;
        });
  }

  private TableSchema realSchema() {
    return ImageTable.schema(
        networks.config().imageChannels(), networks.resolution(), networks.resolution());
  }

  private TableSchema schema() {
    return ReconstructionTable.schema(
        networks.latentWidth(),
        networks.config().imageChannels(),
        networks.resolution(),
        networks.resolution());
  }

  private static byte[] pixels(MappedImages source, long[] rows, int kept) throws IOException {
    ByteBuffer pixels =
        ByteBuffer.allocate(kept * source.channels() * source.height() * source.width());
    source.gather(Arrays.copyOf(rows, kept), pixels);
    return pixels.array();
  }

  private void append(TableWriter writer, long[] ids, int[] labels, Inversion.Guess guess)
      throws IOException {
    int kept = ids.length;
    writer.append(
        kept,
        ids,
        Arrays.copyOf(labels, kept),
        Arrays.copyOf(guess.losses(), kept),
        Arrays.copyOf(guess.z(), guess.z().length / batch * kept),
        Arrays.copyOf(guess.pixels(), guess.pixels().length / batch * kept));
  }
}
