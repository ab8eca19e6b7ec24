package partita.transforms.score;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import partita.models.row.RowSource;
import partita.schemas.table.Column;
import partita.schemas.table.ElementType;
import partita.schemas.table.SemanticMapTable;
import partita.schemas.table.TableReader;
import partita.transforms.row.TableRows;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardMeter;

/** Label maps that {@link SegmentTask} made of images. */
final class SegmentedMaps implements LabelMaps {
  private final TableReader table;
  private final Column column;
  private final List<String> names;

  /** Row of each name. */
  private final int[] rows;

  private SegmentedMaps(TableReader table, List<String> sources) {
    this.table = table;
    column = table.schema().column(SemanticMapTable.CLASSES);
    rows =
        IntStream.range(0, sources.size())
            .boxed()
            .sorted(Comparator.comparing(sources::get))
            .mapToInt(Integer::intValue)
            .toArray();
    names = IntStream.of(rows).mapToObj(sources::get).toList();
  }

  static SegmentedMaps open(ShardContext context, String input) throws IOException {
    List<String> sources = ImagePaths.of(context, input).stream().map(MapFolder::stem).toList();
    return new SegmentedMaps(context.open(input, SegmentTask.MAPS), sources);
  }

  @Override
  public List<String> names() {
    return names;
  }

  @Override
  public int classes(int stated) {
    int found = table.schema().column(SemanticMapTable.SHARES).elements();
    if (stated != 0 && stated != found) {
      throw new IllegalArgumentException(
          "Cannot take %d classes: the network has %d; leave --classes out"
              .formatted(stated, found));
    }
    return found;
  }

  @Override
  public LabelMap read(int index) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(column.rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    table.read(column.name(), rows[index], 1, bytes);
    int[] labels = new int[column.elements()];
    if (column.type() == ElementType.UINT8) {
      for (int i = 0; i < labels.length; i++) {
        labels[i] = Byte.toUnsignedInt(bytes.get(i));
      }
    } else {
      bytes.flip().asIntBuffer().get(labels);
    }
    return new LabelMap(
        "of image " + names.get(index), column.shape().get(0), column.shape().get(1), labels);
  }

  @Override
  public RowSource shares(int classes, ShardMeter meter) throws IOException, InterruptedException {
    meter.count(names.size());
    return new TableRows(table, SemanticMapTable.SHARES);
  }

  @Override
  public void close() {
    table.close();
  }
}
