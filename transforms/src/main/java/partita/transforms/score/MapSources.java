package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import partita.transforms.shard.ShardContext;

/** Where a task finds the label maps of a side: a folder of them, or what a network made. */
final class MapSources {
  private MapSources() {}

  /** Opens the maps of an input: the raw input of that name, or else the artifact. */
  static LabelMaps open(ShardContext context, String input) throws IOException {
    return context.inputs().files().containsKey(input)
        ? MapFolder.of(Path.of(context.inputs().file(input)))
        : SegmentedMaps.open(context, input);
  }
}
