package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import partita.models.embed.ScriptedNetwork;
import partita.models.embed.Segmenter;
import partita.models.metric.SegmentationDistance;
import partita.models.network.PretrainedNetwork;
import partita.models.network.UNet;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Sha256;
import partita.schemas.table.ImageTable;
import partita.schemas.table.SemanticMapTable;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.dataset.DatasetException;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * Label maps that a network makes of a set of images, for all metrics that look at them. Reads
 * {@link #IMAGES}, a set of {@link ImageSetIngest}, and {@link #NETWORK}: as a raw input a
 * TorchScript module, as an artifact an imported UNet. Writes the role {@link #MAPS}, and the
 * images' file names for the same rows.
 *
 * @param imagesPerShard images in a shard
 */
public record SegmentTask(int imagesPerShard) implements ShardTask {
  public static final String IMAGES = "images";

  /** Input, raw or not, with the network. */
  public static final String NETWORK = "network";

  /** Role of every map. */
  public static final String MAPS = "maps";

  private static final int BATCH_BYTES = 4 << 20;
  private static final int SOURCES_PER_BATCH = 4096;

  /** Classes that a byte holds. */
  private static final int BYTE = 256;

  public SegmentTask {
    if (imagesPerShard < 1) {
      throw new IllegalArgumentException(
          "Cannot segment %d images a shard: expected at least 1".formatted(imagesPerShard));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    long images = inputs.artifact(IMAGES).rows(ImageSetIngest.ALL);
    return Math.toIntExact((images + imagesPerShard - 1) / imagesPerShard);
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try {
      if (context.inputs().files().containsKey(NETWORK)) {
        try (SharedNetwork<ScriptedNetwork> scripted = scripted(context)) {
          return segment(shard, context, new Segmenter(scripted.network()));
        }
      }
      try (SharedNetwork<PretrainedNetwork> imported =
          NetworkArtifact.openUnprepared(context, context.input(NETWORK))) {
        return segment(shard, context, new Segmenter(UNet.segmenting(imported.network())));
      }
    } catch (IllegalArgumentException e) {
      // A network that fits the images is the user's to choose.
      throw new DatasetException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SharedNetwork<ScriptedNetwork> scripted(ShardContext context) throws IOException {
    Path file = Path.of(context.inputs().file(NETWORK));
    return SharedNetwork.acquire(
        ScriptedNetwork.class,
        Sha256.of(file),
        context.execution().device(),
        manager -> ScriptedNetwork.open(manager, file));
  }

  private ShardResult segment(int shard, ShardContext context, Segmenter segmenter)
      throws IOException, InterruptedException {
    try (TableReader table = context.open(IMAGES, ImageSetIngest.ALL)) {
      long first = (long) shard * imagesPerShard;
      int count = (int) Math.min(imagesPerShard, table.rows() - first);
      MappedImages images = new MappedImages(table);
      Segmenter.Segmented segmented = segmenter.segment(images, first);
      int classes = segmented.classes();
      TableSchema schema = SemanticMapTable.schema(images.height(), images.width(), classes);
      int rowsPerBatch = Math.max(1, BATCH_BYTES / (images.height() * images.width()));
      long[] ids = table.longs(ImageTable.ID);
      ShardMeter meter = new ShardMeter(context, "images", count);
      try (TableWriter maps = context.writer(MAPS, schema, rowsPerBatch)) {
        for (int i = 0; i < count; i++) {
          int[] labels =
              i == 0 ? segmented.labels() : segmenter.segment(images, first + i).labels();
          maps.append(
              1,
              new long[] {ids[(int) first + i]},
              classes <= BYTE ? bytes(labels) : labels,
              SegmentationDistance.shares(labels, classes));
          meter.count();
        }
        return ShardResult.of(maps.commit(), sources(context, first, count));
      }
    }
  }

  private static byte[] bytes(int[] labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return bytes;
  }

  private static FileEntry sources(ShardContext context, long first, int count) throws IOException {
    try (TableReader all = context.open(IMAGES, ImageSetIngest.SOURCES);
        TableWriter own =
            context.writer(ImageSetIngest.SOURCES, SourceTable.schema(), SOURCES_PER_BATCH)) {
      long[] ids = new long[count];
      List<String> paths = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ids[i] = first + i;
        paths.add(all.text(SourceTable.SOURCE, first + i));
      }
      own.append(count, ids, paths);
      return own.commit();
    }
  }
}
