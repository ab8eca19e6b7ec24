package partita.schemas.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Table schemas as Arrow schemas and back. A vector is a fixed-size list; a tensor of two or more
 * dimensions carries Arrow's canonical extension {@code arrow.fixed_shape_tensor}; name and version
 * of the table are in the schema's metadata.
 */
final class ArrowSchemas {
  private static final String TABLE = "partita.table";
  private static final String VERSION = "partita.table.version";
  private static final String EXTENSION_NAME = "ARROW:extension:name";
  private static final String EXTENSION_METADATA = "ARROW:extension:metadata";
  private static final String FIXED_SHAPE_TENSOR = "arrow.fixed_shape_tensor";
  private static final Pattern SHAPE = Pattern.compile("\"shape\"\\s*:\\s*\\[([0-9,\\s]+)]");

  private ArrowSchemas() {}

  static Schema toArrow(TableSchema schema) {
    List<Field> fields = schema.columns().stream().map(ArrowSchemas::toField).toList();
    return new Schema(
        fields, sorted(Map.of(TABLE, schema.name(), VERSION, Integer.toString(schema.version()))));
  }

  private static Field toField(Column column) {
    if (column.shape().isEmpty()) {
      return new Field(
          column.name(), new FieldType(false, toArrow(column.type()), null), List.of());
    }
    Field item = new Field("item", new FieldType(false, toArrow(column.type()), null), List.of());
    FieldType list =
        new FieldType(
            false, new ArrowType.FixedSizeList(column.elements()), null, tensorMetadata(column));
    return new Field(column.name(), list, List.of(item));
  }

  private static Map<String, String> tensorMetadata(Column column) {
    if (column.shape().size() < 2) {
      return Map.of();
    }
    String shape = column.shape().stream().map(String::valueOf).collect(Collectors.joining(","));
    return sorted(
        Map.of(
            EXTENSION_NAME, FIXED_SHAPE_TENSOR, EXTENSION_METADATA, "{\"shape\":[" + shape + "]}"));
  }

  /** The order of {@link Map#of} differs from one JVM to the next, and the order gets written. */
  private static Map<String, String> sorted(Map<String, String> metadata) {
    return new TreeMap<>(metadata);
  }

  private static ArrowType toArrow(ElementType type) {
    return switch (type) {
      case UINT8 -> new ArrowType.Int(8, false);
      case INT32 -> new ArrowType.Int(32, true);
      case INT64 -> new ArrowType.Int(64, true);
      case FLOAT32 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case FLOAT64 -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case UTF8 -> ArrowType.Utf8.INSTANCE;
      case BINARY -> ArrowType.Binary.INSTANCE;
    };
  }

  /** The schema of a file; {@code file} is named when it is not one of our tables. */
  static TableSchema fromArrow(Schema schema, String file) throws IOException {
    Map<String, String> metadata = schema.getCustomMetadata();
    String name = metadata.get(TABLE);
    String version = metadata.get(VERSION);
    if (name == null || version == null || !version.matches("\\d{1,9}")) {
      throw new IOException(
          "Cannot read %s: its Arrow schema has no %s and %s, so Partita did not write it"
              .formatted(file, TABLE, VERSION));
    }
    List<Column> columns = new ArrayList<>();
    try {
      for (Field field : schema.getFields()) {
        columns.add(fromField(field, file));
      }
      return new TableSchema(name, Integer.parseInt(version), columns);
    } catch (IllegalArgumentException e) {
      throw new IOException("Cannot read %s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Column fromField(Field field, String file) throws IOException {
    if (field.getType() instanceof ArrowType.FixedSizeList list) {
      Column column =
          new Column(
              field.getName(), fromArrow(field.getChildren().get(0), file), shape(field, list));
      if (column.elements() != list.getListSize()) {
        throw new IOException(
            "Cannot read %s: column %s has lists of %d, expected %d"
                .formatted(file, column.describe(), list.getListSize(), column.elements()));
      }
      return column;
    }
    return Column.scalar(field.getName(), fromArrow(field, file));
  }

  private static List<Integer> shape(Field field, ArrowType.FixedSizeList list) {
    Matcher shape = SHAPE.matcher(field.getMetadata().getOrDefault(EXTENSION_METADATA, ""));
    if (!FIXED_SHAPE_TENSOR.equals(field.getMetadata().get(EXTENSION_NAME)) || !shape.find()) {
      return List.of(list.getListSize());
    }
    return Pattern.compile(",")
        .splitAsStream(shape.group(1))
        .map(dimension -> Integer.parseInt(dimension.strip()))
        .toList();
  }

  private static ElementType fromArrow(Field field, String file) throws IOException {
    for (ElementType type : ElementType.values()) {
      if (toArrow(type).equals(field.getType())) {
        return type;
      }
    }
    throw new IOException(
        "Cannot read %s: column %s is of Arrow type %s, expected one of %s"
            .formatted(file, field.getName(), field.getType(), List.of(ElementType.values())));
  }
}
