package partita.transforms.train;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.schemas.table.WeightsTable;

/** Tensors of a training state as rows of a {@link WeightsTable}, one at a time. */
public final class StateTable {
  private StateTable() {}

  /** Appends tensors in their order. */
  public static void write(TableWriter writer, List<NamedTensor> tensors) throws IOException {
    for (NamedTensor tensor : tensors) {
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      writer.append(
          1,
          List.of(tensor.name()),
          List.of(tensor.role().name().toLowerCase(Locale.ROOT)),
          List.of(tensor.type().name().toLowerCase(Locale.ROOT)),
          List.of(WeightsTable.shapeText(shape)),
          List.of(tensor.content().get()));
    }
  }

  /** All tensors; they stay readable after the reader is closed. */
  public static List<NamedTensor> read(TableReader reader) throws IOException {
    reader.expect(WeightsTable.schema());
    List<NamedTensor> tensors = new ArrayList<>();
    for (long row = 0; row < reader.rows(); row++) {
      ByteBuffer content = reader.bytes(WeightsTable.DATA, row);
      tensors.add(
          new NamedTensor(
              TensorRole.valueOf(reader.text(WeightsTable.ROLE, row).toUpperCase(Locale.ROOT)),
              reader.text(WeightsTable.TENSOR, row),
              DataType.valueOf(reader.text(WeightsTable.DTYPE, row).toUpperCase(Locale.ROOT)),
              Arrays.stream(WeightsTable.shape(reader.text(WeightsTable.SHAPE, row)))
                  .boxed()
                  .toList(),
              content::duplicate));
    }
    return tensors;
  }
}
