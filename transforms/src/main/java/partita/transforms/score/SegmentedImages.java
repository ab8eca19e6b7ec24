package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import partita.models.embed.ScriptedNetwork;
import partita.models.embed.Segmenter;
import partita.models.network.PretrainedNetwork;
import partita.models.network.UNet;
import partita.schemas.artifact.Sha256;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.shard.ShardContext;
import partita.transforms.train.MappedImages;
import partita.transforms.train.SharedNetwork;

/**
 * Label maps that a network makes of images. The network is the raw input {@link #NETWORK}, a
 * TorchScript module, or the artifact of that name, an imported UNet.
 */
public final class SegmentedImages implements LabelMaps {
  /** Input, raw or not, with the network. */
  public static final String NETWORK = "network";

  private final SharedNetwork<?> shared;
  private final Segmenter segmenter;
  private final TableReader table;
  private final MappedImages images;
  private final List<String> names;

  /** Row of each name. */
  private final int[] rows;

  private SegmentedImages(
      SharedNetwork<?> shared, Segmenter segmenter, TableReader table, List<String> sources) {
    this.shared = shared;
    this.segmenter = segmenter;
    this.table = table;
    images = new MappedImages(table);
    rows =
        IntStream.range(0, sources.size())
            .boxed()
            .sorted(Comparator.comparing(sources::get))
            .mapToInt(Integer::intValue)
            .toArray();
    names = IntStream.of(rows).mapToObj(sources::get).toList();
  }

  static SegmentedImages open(ShardContext context, String input) throws IOException {
    List<String> sources = new ArrayList<>();
    for (String source : sources(context, input)) {
      sources.add(MapFolder.stem(source));
    }
    TableReader images = context.open(input, ImageSetIngest.ALL);
    try {
      if (context.inputs().files().containsKey(NETWORK)) {
        SharedNetwork<ScriptedNetwork> scripted = scripted(context);
        return new SegmentedImages(scripted, new Segmenter(scripted.network()), images, sources);
      }
      SharedNetwork<PretrainedNetwork> imported =
          NetworkArtifact.openUnprepared(context, context.input(NETWORK));
      Segmenter segmenter = new Segmenter(UNet.segmenting(imported.network()));
      return new SegmentedImages(imported, segmenter, images, sources);
    } catch (IOException | RuntimeException e) {
      images.close();
      throw e;
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

  /** Paths of images below their folder, in the order of the rows. */
  static List<String> sources(ShardContext context, String input) throws IOException {
    List<String> sources = new ArrayList<>();
    try (TableReader table = context.open(input, ImageSetIngest.SOURCES)) {
      for (long row = 0; row < table.rows(); row++) {
        sources.add(table.text(SourceTable.SOURCE, row));
      }
    }
    return sources;
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int classes(int stated) throws IOException {
    int found = segmenter.segment(images, rows[0]).classes();
    if (stated != 0 && stated != found) {
      throw new IllegalArgumentException(
          "Cannot take %d classes: the network has %d; leave --classes out"
              .formatted(stated, found));
    }
    return found;
  }

  @Override
  public LabelMap read(int index) throws IOException {
    return new LabelMap(
        "of image " + names.get(index),
        images.height(),
        images.width(),
        segmenter.segment(images, rows[index]).labels());
  }

  @Override
  public void close() {
    table.close();
    shared.close();
  }
}
