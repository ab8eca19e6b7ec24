package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import partita.models.image.Image;
import partita.models.image.Preparation;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;

/**
 * Ingests IDX images with labels (MNIST, Fashion-MNIST). Raw inputs: {@link #TRAIN_IMAGES}, {@link
 * #TRAIN_LABELS}, {@link #VALIDATION_IMAGES}, {@link #VALIDATION_LABELS}; what the data set calls
 * its test images becomes the validation split.
 *
 * @param preparation channels, fit and resolution
 * @param maxTrain training images to take, from the first on
 * @param maxValidation validation images to take, from the first on
 * @param imagesPerShard images in a shard
 */
public record IdxIngest(
    Preparation preparation, int maxTrain, int maxValidation, int imagesPerShard)
    implements IngestTask {

  public static final String TRAIN_IMAGES = "train-images";
  public static final String TRAIN_LABELS = "train-labels";
  public static final String VALIDATION_IMAGES = "validation-images";
  public static final String VALIDATION_LABELS = "validation-labels";

  @Override
  public int shards(ShardInputs inputs) {
    return plan(inputs).shards();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    SplitShards.Range range = plan(context.inputs()).range(shard);
    IdxPair files = IdxPair.open(context.inputs(), range.role());
    IdxFile images = files.images();
    int height = images.sizes().get(1);
    int width = images.sizes().get(2);
    ShardMeter meter = new ShardMeter(context, "images", range.count());
    try (IdxFile.Items pixels = images.from(range.first());
        IdxFile.Items classes = files.labels().from(range.first());
        ImageRows rows = ImageRows.plain(context, range.role(), preparation)) {
      for (int i = 0; i < range.count(); i++) {
        Image image = new Image(1, height, width, pixels.next());
        int label = classes.next()[0] & 0xFF;
        rows.add(range.firstId() + i, label, preparation.apply(image).pixels());
        meter.count();
      }
      return ShardResult.of(rows.commit());
    }
  }

  /** One more than the largest label. */
  static int classes(Map<String, Path> files) {
    int largest = 0;
    for (String name : List.of(TRAIN_LABELS, VALIDATION_LABELS)) {
      IdxFile labels = IdxFile.open(Objects.requireNonNull(files.get(name), name), 1);
      try (IdxFile.Items items = labels.from(0)) {
        for (int i = 0; i < labels.items(); i++) {
          largest = Math.max(largest, items.next()[0] & 0xFF);
        }
      } catch (IOException e) {
        throw new DatasetException("Cannot read IDX file " + labels.path() + ": " + e, e);
      }
    }
    return largest + 1;
  }

  private SplitShards plan(ShardInputs inputs) {
    return new SplitShards(
        Math.min(maxTrain, IdxPair.open(inputs, TRAIN).images().items()),
        Math.min(maxValidation, IdxPair.open(inputs, VALIDATION).images().items()),
        imagesPerShard);
  }
}
