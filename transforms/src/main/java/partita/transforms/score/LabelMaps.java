package partita.transforms.score;

import java.io.IOException;
import java.util.List;
import partita.models.row.RowSource;
import partita.transforms.shard.ShardMeter;

/** Label maps by name, given or made by a network. */
interface LabelMaps extends AutoCloseable {

  /** Name of each: its path below the folder without its ending, ascending. */
  List<String> names();

  /**
   * Number of classes.
   *
   * @param stated as the user says, 0 when nothing is said
   */
  int classes(int stated) throws IOException;

  /** The map of a name's index. */
  LabelMap read(int index) throws IOException;

  /**
   * The share of its area that each class takes of each map, in the order of names or of rows.
   *
   * @param classes number of classes
   * @param meter counts the maps
   * @return {@code [maps, classes]}, valid until this is closed
   */
  RowSource shares(int classes, ShardMeter meter) throws IOException, InterruptedException;

  @Override
  void close() throws IOException;
}
