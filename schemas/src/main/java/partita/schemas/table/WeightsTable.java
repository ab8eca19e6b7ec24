package partita.schemas.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tensors of networks and optimizers, one a row. A tensor has any size, so write it with {@link
 * #ROWS_PER_BATCH} rows a batch: then each tensor can be mapped alone.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>name</td><td>UTF8</td><td>{@code network/parameter}, in the network's order</td></tr>
 * <tr><td>role</td><td>UTF8</td><td>{@code parameter}, {@code buffer}, {@code average}, or the name
 * of an optimizer's state</td></tr>
 * <tr><td>dtype</td><td>UTF8</td><td>element type, {@code float32}</td></tr>
 * <tr><td>shape</td><td>UTF8</td><td>dimensions with commas, {@code 64,3,3,3}; empty for a scalar
 * </td></tr>
 * <tr><td>data</td><td>BINARY</td><td>elements, row-major, little-endian</td></tr>
 * </table>
 */
public final class WeightsTable {
  public static final String NAME = "weights";
  public static final String TENSOR = "name";
  public static final String ROLE = "role";
  public static final String DTYPE = "dtype";
  public static final String SHAPE = "shape";
  public static final String DATA = "data";
  public static final int ROWS_PER_BATCH = 1;

  private WeightsTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(TENSOR, ElementType.UTF8),
            Column.scalar(ROLE, ElementType.UTF8),
            Column.scalar(DTYPE, ElementType.UTF8),
            Column.scalar(SHAPE, ElementType.UTF8),
            Column.scalar(DATA, ElementType.BINARY)));
  }

  /** Dimensions as the column {@code shape} holds them. */
  public static String shapeText(long... dimensions) {
    return Arrays.stream(dimensions).mapToObj(Long::toString).collect(Collectors.joining(","));
  }

  /** Dimensions out of the column {@code shape}. */
  public static long[] shape(String text) {
    return text.isEmpty()
        ? new long[0]
        : Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
  }
}
