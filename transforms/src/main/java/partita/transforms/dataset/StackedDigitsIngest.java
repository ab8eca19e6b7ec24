package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import partita.models.image.Image;
import partita.models.image.Preparation;
import partita.models.random.CounterRandom;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;

/**
 * Makes Stacked-MNIST (Srivastava et al., "VEEGAN", NIPS 2017; Metz et al., ICLR 2017): color
 * images of three digits, one a channel, drawn independently and with replacement. Digits a, b, c
 * in red, green and blue have the label {@code 100 a + 10 b + c}. Raw inputs are those of {@link
 * IdxIngest}; validation images are stacked of its validation digits. Which digits make an image
 * follows from the stage's seed and the image's row alone.
 *
 * @param digits how one digit is prepared: a single channel, fit and resolution
 * @param train images of the training split, 100,000 in the literature
 * @param validation images of the validation split
 * @param imagesPerShard images in a shard
 */
public record StackedDigitsIngest(Preparation digits, int train, int validation, int imagesPerShard)
    implements IngestTask {
  static final int CHANNELS = 3;
  static final int CLASSES = 1000;
  private static final int DIGITS = 10;

  public StackedDigitsIngest {
    if (digits.channels() != 1) {
      throw new DatasetException(
          "Cannot stack digits of %d channels: expected 1".formatted(digits.channels()));
    }
  }

  /** Digits of one split, unprepared. */
  private record Digits(int height, int width, List<byte[]> pixels, byte[] labels) {}

  @Override
  public int shards(ShardInputs inputs) {
    return plan().shards();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    SplitShards.Range range = plan().range(shard);
    Digits source = read(context.inputs(), range.role());
    CounterRandom random = new CounterRandom(context.seed(), "stacked." + range.role());
    Preparation stacked =
        new Preparation(digits.resolution(), CHANNELS, digits.fit(), digits.filter());
    ShardMeter meter = new ShardMeter(context, "images", range.count());
    try (ImageRows rows = ImageRows.plain(context, range.role(), stacked)) {
      int plane = digits.resolution() * digits.resolution();
      for (int i = 0; i < range.count(); i++) {
        byte[] pixels = new byte[CHANNELS * plane];
        int label = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
          int drawn = random.below(source.labels().length, 0, range.first() + i, channel);
          Image digit = new Image(1, source.height(), source.width(), source.pixels().get(drawn));
          System.arraycopy(digits.apply(digit).pixels(), 0, pixels, channel * plane, plane);
          label = DIGITS * label + source.labels()[drawn];
        }
        rows.add(range.firstId() + i, label, pixels);
        meter.count();
      }
      return ShardResult.of(rows.commit());
    }
  }

  private static Digits read(ShardInputs inputs, String role) throws IOException {
    IdxPair files = IdxPair.open(inputs, role);
    List<byte[]> pixels = new ArrayList<>();
    byte[] labels = new byte[files.images().items()];
    try (IdxFile.Items images = files.images().from(0);
        IdxFile.Items classes = files.labels().from(0)) {
      for (int i = 0; i < labels.length; i++) {
        pixels.add(images.next());
        labels[i] = digit(classes.next()[0] & 0xFF, i, files.labels().path());
      }
    }
    return new Digits(files.images().sizes().get(1), files.images().sizes().get(2), pixels, labels);
  }

  private static byte digit(int label, int item, Path file) {
    if (label >= DIGITS) {
      throw new DatasetException(
          "Cannot stack digits: label %d of %s is %d, expected 0 to 9; name the folder of MNIST by --data"
              .formatted(item, file, label));
    }
    return (byte) label;
  }

  private SplitShards plan() {
    return new SplitShards(train, validation, imagesPerShard);
  }
}
