package partita.transforms.feature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import partita.models.embed.ImageEmbedder;
import partita.models.network.EmbeddingNetwork;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardMeter;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * Features of images, unnormalized, and class scores if the network gives any. Reads {@code
 * network} and {@code images}, an artifact of images or of samples; writes one role of features for
 * each role read, in the order of its rows, and {@code role-mirrored} for the images flipped from
 * left to right.
 *
 * @param layer named layer of the network whose output, averaged over positions, is the features
 * @param roles roles to embed, {@code train} and {@code validation}, or {@code samples}
 * @param mirroredRoles those of them to embed flipped as well
 * @param rowsPerShard images in a shard
 * @param batch images evaluated at a time
 */
public record EmbedTask(
    String layer, List<String> roles, List<String> mirroredRoles, int rowsPerShard, int batch)
    implements ShardTask {
  public static final String IMAGES = "images";
  public static final String NETWORK = "network";
  private static final String MIRRORED = "-mirrored";
  private static final int ROWS_PER_BATCH = 1024;

  /** A range of rows of one role. */
  private record Range(String role, long first, int count) {}

  public EmbedTask {
    roles = List.copyOf(roles);
    mirroredRoles = List.copyOf(mirroredRoles);
    if (roles.isEmpty() || !roles.containsAll(mirroredRoles)) {
      throw new IllegalArgumentException(
          "Cannot embed roles %s, %s of them flipped as well: expected at least one, and only these flipped"
              .formatted(roles, mirroredRoles));
    }
    if (rowsPerShard < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "Cannot embed %d images a shard, %d at a time: expected at least 1 each"
              .formatted(rowsPerShard, batch));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return ranges(inputs).size();
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    try (SharedNetwork<EmbeddingNetwork> shared =
        NetworkArtifact.open(context, context.input(NETWORK))) {
      return run(shard, context, shared.network());
    }
  }

  /** Embeds one shard by a network that is open. */
  ShardResult run(int shard, ShardContext context, EmbeddingNetwork network)
      throws IOException, InterruptedException {
    Range range = ranges(context.inputs()).get(shard);
    boolean flip = mirroredRoles.contains(range.role());
    ShardMeter meter = new ShardMeter(context, "images", flip ? 2L * range.count() : range.count());
    try (TableReader table = context.open(IMAGES, range.role())) {
      ImageEmbedder embedder = new ImageEmbedder(network, layer, batch);
      List<FileEntry> files = new ArrayList<>();
      files.add(embed(context, table, embedder, range, false, meter));
      if (flip) {
        files.add(embed(context, table, embedder, range, true, meter));
      }
      return ShardResult.of(files.toArray(FileEntry[]::new));
    }
  }

  private FileEntry embed(
      ShardContext context,
      TableReader table,
      ImageEmbedder embedder,
      Range range,
      boolean mirrored,
      ShardMeter meter)
      throws IOException, InterruptedException {
    MappedImages images = new MappedImages(table);
    long[] ids = table.longs(ImageTable.ID);
    String role = mirrored ? range.role() + MIRRORED : range.role();
    boolean scored = embedder.classes() > 0;
    TableSchema schema =
        scored
            ? FeatureTable.schema(embedder.featureWidth(), embedder.classes())
            : FeatureTable.schema(embedder.featureWidth());
    try (TableWriter writer = context.writer(role, schema, ROWS_PER_BATCH)) {
      for (int done = 0; done < range.count(); done += batch) {
        int count = Math.min(batch, range.count() - done);
        long first = range.first() + done;
        ImageEmbedder.Embedding embedding = embedder.embed(images, first, count, mirrored);
        long[] own = LongStream.range(first, first + count).map(row -> ids[(int) row]).toArray();
        if (scored) {
          writer.append(count, own, embedding.features(), embedding.logits());
        } else {
          writer.append(count, own, embedding.features());
        }
        meter.count(count);
      }
      return writer.commit();
    }
  }

  private List<Range> ranges(ShardInputs inputs) {
    List<Range> ranges = new ArrayList<>();
    for (String role : roles) {
      long rows = inputs.artifact(IMAGES).rows(role);
      for (long first = 0; first < rows; first += rowsPerShard) {
        ranges.add(new Range(role, first, (int) Math.min(rowsPerShard, rows - first)));
      }
    }
    return ranges;
  }
}
