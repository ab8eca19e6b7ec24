package partita.transforms.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import partita.models.image.Image;
import partita.models.image.ImageDecoder;
import partita.models.image.Preparation;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;

/**
 * Ingests a folder of image files. Raw input: {@link #IMAGES}. Beside {@code train} and {@code
 * validation} it writes {@code train-sources} and {@code validation-sources}, the file names of the
 * same rows, and {@code skipped}, the names of images that were left out. Counts: {@link #CLASSES},
 * {@link #SKIPPED}.
 *
 * @param preparation channels, fit and resolution
 * @param labels how images get their labels
 * @param validationFraction part of the images that goes to validation where the folder is not
 *     split into {@code train} and {@code val}
 * @param onBadImage what happens when an image cannot be decoded
 * @param imagesPerShard images in a shard
 */
public record FolderIngest(
    Preparation preparation,
    FolderLabels labels,
    double validationFraction,
    OnBadImage onBadImage,
    int imagesPerShard)
    implements IngestTask {

  /** Raw input: the folder. */
  public static final String IMAGES = "images";

  /** Count: classes, 0 when the images are unlabeled. */
  public static final String CLASSES = "classes";

  /** Count: images that were left out because they cannot be decoded. */
  public static final String SKIPPED = "images.skipped";

  public FolderIngest {
    if (!(validationFraction > 0 && validationFraction < 1)) {
      throw new DatasetException(
          "Cannot split images by a validation fraction of "
              + validationFraction
              + ": expected more than 0 and less than 1");
    }
    if (imagesPerShard < 1) {
      throw new IllegalArgumentException(
          "Cannot cut shards of " + imagesPerShard + " images: expected at least 1");
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    int images = FolderListing.of(folder(inputs), labels, validationFraction).entries().size();
    return (images + imagesPerShard - 1) / imagesPerShard;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    Path folder = folder(context.inputs());
    FolderListing listing =
        FolderListing.shared(context.work(), folder, labels, validationFraction);
    int first = shard * imagesPerShard;
    List<FolderListing.Entry> entries =
        listing
            .entries()
            .subList(first, Math.min(first + imagesPerShard, listing.entries().size()));
    ShardMeter meter = new ShardMeter(context, "images", entries.size());
    try (FolderRows rows = new FolderRows(context, preparation)) {
      for (int i = 0; i < entries.size(); i++) {
        ingest(folder, entries.get(i), first + i, rows);
        meter.count();
      }
      return rows.commit(shard == 0 ? listing.classes() : 0);
    }
  }

  private void ingest(Path folder, FolderListing.Entry entry, long id, FolderRows rows)
      throws IOException {
    Path file = folder.resolve(entry.path());
    byte[] content = content(file);
    Image image;
    try {
      image = ImageDecoder.decode(content);
    } catch (IOException e) {
      if (onBadImage == OnBadImage.FAIL) {
        throw new DatasetException(
            "Cannot ingest %s: %s; repair or remove it, or leave such images out with --onBadImage=skip"
                .formatted(file, e.getMessage()),
            e);
      }
      rows.skip(id, entry.path());
      return;
    }
    rows.add(entry.role(), id, entry.label(), entry.path(), preparation.apply(image).pixels());
  }

  /** The file's bytes. A file that cannot even be read is never skipped: it may be there again. */
  private static byte[] content(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new DatasetException(
          "Cannot read %s: the file is gone, or its name needs another locale (run with LC_ALL=C.UTF-8)"
              .formatted(file),
          e);
    }
  }

  private static Path folder(ShardInputs inputs) {
    return Path.of(inputs.file(IMAGES));
  }
}
