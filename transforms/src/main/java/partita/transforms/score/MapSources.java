package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import partita.transforms.shard.ShardContext;

/** Where a task finds the label maps of a side: a folder of them, or images and a network. */
final class MapSources {
  private MapSources() {}

  /** Opens the maps of an input: the raw input of that name, or else images to be segmented. */
  static LabelMaps open(ShardContext context, String input) throws IOException {
    return context.inputs().files().containsKey(input)
        ? MapFolder.of(Path.of(context.inputs().file(input)))
        : SegmentedImages.open(context, input);
  }
}
