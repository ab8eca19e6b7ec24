package partita.schemas.table;

import java.util.List;

/**
 * One column: a scalar ({@code shape} empty) or a tensor of constant shape in each row, written as
 * {@code arrow.fixed_shape_tensor} when it has two or more dimensions and as a fixed-size list when
 * it has one.
 */
public record Column(String name, ElementType type, List<Integer> shape) {

  public Column {
    shape = List.copyOf(shape);
    if (!type.fixedWidth() && !shape.isEmpty()) {
      throw new IllegalArgumentException("Column " + name + ": " + type + " has no shape");
    }
    if (shape.stream().anyMatch(dimension -> dimension < 1)) {
      throw new IllegalArgumentException(
          "Column " + name + ": found shape " + shape + ", expected positive dimensions");
    }
  }

  public static Column scalar(String name, ElementType type) {
    return new Column(name, type, List.of());
  }

  public static Column tensor(String name, ElementType type, Integer... shape) {
    return new Column(name, type, List.of(shape));
  }

  /** Elements in one row. */
  public int elements() {
    return shape.stream().reduce(1, Math::multiplyExact);
  }

  /** Bytes of one row; fixed-width columns only. */
  public int rowBytes() {
    return Math.multiplyExact(elements(), type.bytes());
  }

  /** Name, type and shape: {@code pixels UINT8[3, 32, 32]}. */
  String describe() {
    return name + " " + type + (shape.isEmpty() ? "" : shape.toString());
  }
}
