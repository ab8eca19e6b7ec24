package partita.transforms.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import partita.models.image.Image;
import partita.models.image.Preparation;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;

/**
 * Ingests the binary batches of CIFAR-10: records of one label byte and {@code [3, 32, 32]} pixels.
 * Raw inputs: {@code batch-1} to {@code batch-5}, which train in this order, and {@code
 * batch-test}, the validation split.
 *
 * @param preparation channels, fit and resolution
 * @param maxTrain training images to take, from the first on
 * @param maxValidation validation images to take, from the first on
 * @param imagesPerShard images in a shard
 */
public record CifarIngest(
    Preparation preparation, int maxTrain, int maxValidation, int imagesPerShard)
    implements IngestTask {

  static final List<String> TRAIN_BATCHES =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "batch-" + i).toList();
  static final String TEST_BATCH = "batch-test";
  static final int CLASSES = 10;

  private static final int EDGE = 32;
  private static final int PIXELS = 3 * EDGE * EDGE;
  private static final int RECORD = 1 + PIXELS;

  @Override
  public int shards(ShardInputs inputs) {
    return plan(inputs).shards();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    SplitShards.Range range = plan(context.inputs()).range(shard);
    List<Path> batches =
        range.role().equals(TRAIN)
            ? batches(context.inputs(), TRAIN_BATCHES)
            : batches(context.inputs(), List.of(TEST_BATCH));
    ShardMeter meter = new ShardMeter(context, "images", range.count());
    try (ImageRows rows = ImageRows.plain(context, range.role(), preparation)) {
      long skip = range.first();
      long done = 0;
      for (Path batch : batches) {
        long records = records(batch);
        long take = Math.min(records - skip, range.count() - done);
        if (take > 0) {
          copy(batch, skip, take, range.firstId() + done, rows, meter);
          done += take;
        }
        skip = Math.max(0, skip - records);
      }
      return ShardResult.of(rows.commit());
    }
  }

  private void copy(
      Path batch, long skip, long count, long firstId, ImageRows rows, ShardMeter meter)
      throws IOException, InterruptedException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(batch), 1 << 16)) {
      in.skipNBytes(skip * RECORD);
      for (long i = 0; i < count; i++) {
        int label = in.read();
        byte[] pixels = in.readNBytes(PIXELS);
        if (pixels.length < PIXELS) {
          throw new EOFException("Cannot read CIFAR-10 batch " + batch + ": it ends early");
        }
        if (label >= CLASSES) {
          throw new DatasetException(
              "Cannot read CIFAR-10 batch %s: record %d has label %d, expected 0 to 9; is it the binary version?"
                  .formatted(batch, skip + i, label));
        }
        Image image = preparation.apply(new Image(3, EDGE, EDGE, pixels));
        rows.add(firstId + i, label, image.pixels());
        meter.count();
      }
    }
  }

  private SplitShards plan(ShardInputs inputs) {
    long train = 0;
    for (Path batch : batches(inputs, TRAIN_BATCHES)) {
      train += records(batch);
    }
    long validation = records(batches(inputs, List.of(TEST_BATCH)).get(0));
    return new SplitShards(
        Math.min(maxTrain, train), Math.min(maxValidation, validation), imagesPerShard);
  }

  private static List<Path> batches(ShardInputs inputs, List<String> names) {
    List<Path> batches = new ArrayList<>();
    names.forEach(name -> batches.add(Path.of(inputs.file(name))));
    return batches;
  }

  private static long records(Path batch) {
    try {
      long bytes = Files.size(batch);
      if (bytes == 0 || bytes % RECORD != 0) {
        throw new DatasetException(
            "Cannot read CIFAR-10 batch %s: it has %d bytes, expected a multiple of %d; fetch the binary version again"
                .formatted(batch, bytes, RECORD));
      }
      return bytes / RECORD;
    } catch (NoSuchFileException e) {
      throw new DatasetException(
          "Cannot read CIFAR-10 batch " + batch + ": there is no such file", e);
    } catch (IOException e) {
      throw new DatasetException("Cannot read CIFAR-10 batch " + batch + ": " + e, e);
    }
  }
}
