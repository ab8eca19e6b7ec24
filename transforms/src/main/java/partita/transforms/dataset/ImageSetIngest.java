package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import partita.models.image.Image;
import partita.models.image.ImageDecoder;
import partita.models.image.Preparation;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Decodes a set of images that is to be scored. Raw input: {@link #IMAGES}, a folder. Writes the
 * role {@link #ALL}, red, green and blue (gray is repeated) in the order of the files' paths, and
 * {@code sources}, the file names of the same rows.
 *
 * @param height rows of every image
 * @param width columns of every image
 * @param resized whether each is brought to that size, a square: the centered square of its short
 *     edge, by PIL's antialiased bilinear filter; otherwise all have it
 * @param imagesPerShard images in a shard
 */
public record ImageSetIngest(int height, int width, boolean resized, int imagesPerShard)
    implements ShardTask {
  /** Raw input: the folder. */
  public static final String IMAGES = "images";

  /** Role of every image. */
  public static final String ALL = "all";

  /** Role of the images' file names. */
  public static final String SOURCES = "sources";

  private static final int CHANNELS = 3;
  private static final int SOURCES_PER_BATCH = 4096;

  public ImageSetIngest {
    if (height < 1 || width < 1 || imagesPerShard < 1 || (resized && height != width)) {
      throw new IllegalArgumentException(
          "Cannot ingest images of %d x %d, %d a shard: expected at least 1 each, and a square if they are resized"
              .formatted(height, width, imagesPerShard));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return (list(inputs).images().size() + imagesPerShard - 1) / imagesPerShard;
  }

  /** Integer arithmetic: the bits do not depend on the machine. */
  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    ImageFolder folder = list(context.inputs());
    int first = shard * imagesPerShard;
    List<ImageFolder.Item> items =
        folder.images().subList(first, Math.min(first + imagesPerShard, folder.images().size()));
    ShardMeter meter = new ShardMeter(context, "images", items.size());
    try (ImageRows rows = ImageRows.of(context, ALL, ImageTable.schema(CHANNELS, height, width));
        TableWriter sources = context.writer(SOURCES, SourceTable.schema(), SOURCES_PER_BATCH)) {
      for (int i = 0; i < items.size(); i++) {
        rows.add(first + i, ImageTable.UNLABELED, pixels(folder.file(items.get(i))));
        sources.append(1, new long[] {first + i}, List.of(items.get(i).path()));
        meter.count();
      }
      return ShardResult.of(rows.commit(), sources.commit());
    }
  }

  private byte[] pixels(Path file) throws IOException {
    Image image = decode(file);
    Image sized =
        resized ? Preparation.icGan(height, CHANNELS).apply(image) : image.withChannels(CHANNELS);
    if (sized.height() != height || sized.width() != width) {
      throw new DatasetException(
          "Cannot score image %s: it is %d x %d, expected %d x %d; did the folder change?"
              .formatted(file, sized.width(), sized.height(), width, height));
    }
    return sized.pixels();
  }

  private static Image decode(Path file) throws IOException {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new DatasetException("Cannot score image " + file + ": the file is gone", e);
    }
    try {
      return ImageDecoder.decode(content);
    } catch (IOException e) {
      throw new DatasetException(
          "Cannot score image %s: %s; repair or remove it".formatted(file, e.getMessage()), e);
    }
  }

  private static ImageFolder list(ShardInputs inputs) {
    return ImageFolder.list(Path.of(inputs.file(IMAGES)), FolderLabels.NONE);
  }
}
