package partita.transforms.score;

import java.io.IOException;
import java.util.List;

/** Label maps by name, made by somebody or by a network when they are asked for. */
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

  @Override
  void close() throws IOException;
}
