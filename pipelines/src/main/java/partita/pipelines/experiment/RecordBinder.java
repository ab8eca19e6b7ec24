package partita.pipelines.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;

/**
 * Reads keys and values into records, strictly: an unknown key, a missing one or a value of the
 * wrong type is an error, and all errors are reported at once. Component types: {@code int, long,
 * double, boolean, String}, enums (case does not matter, dashes for underscores), {@code
 * Optional<T>} (may be left out), {@code List<T>}, {@code Map<String, T>} in the order of the file,
 * records, and sealed interfaces of records: the first component of each, an enum, has the same
 * name in all, and its value in the YAML file chooses the record that has it among its constants.
 */
final class RecordBinder {
  private final List<String> errors = new ArrayList<>();

  private RecordBinder() {}

  /**
   * Reads a tree into a record.
   *
   * @param where named in errors, {@code experiment mine.yaml}
   * @throws BadInputException listing everything that is wrong
   */
  static <T extends Record> T bind(ObjectNode tree, Class<T> type, String where) {
    RecordBinder binder = new RecordBinder();
    Object bound = binder.bindRecord(tree, type, "");
    if (!binder.errors.isEmpty() || bound == null) {
      throw new BadInputException(
          "Cannot read " + where + ":\n  " + String.join("\n  ", binder.errors));
    }
    return type.cast(bound);
  }

  private @Nullable Object bindRecord(JsonNode node, Class<?> type, String path) {
    if (!(node instanceof ObjectNode object)) {
      return wrong(section(path), node, "keys and values");
    }
    RecordComponent[] components = type.getRecordComponents();
    List<String> known = Arrays.stream(components).map(RecordComponent::getName).toList();
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                errors.add(
                    "unknown key '%s'; did you mean '%s'?"
                        .formatted(path + key, path + NearestName.of(key, known)));
              }
            });
    int before = errors.size();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      values[i] = bindKey(object.get(name), components[i].getGenericType(), path + name);
    }
    return errors.size() > before ? null : construct(type, components, values, path);
  }

  private @Nullable Object bindKey(@Nullable JsonNode node, Type type, String path) {
    boolean absent = node == null || node.isNull();
    if (raw(type) == Optional.class) {
      return absent ? Optional.empty() : Optional.ofNullable(bindValue(node, argument(type), path));
    }
    if (absent) {
      errors.add("missing key '" + path + "'");
      return null;
    }
    return bindValue(node, type, path);
  }

  private @Nullable Object bindValue(JsonNode node, Type type, String path) {
    Class<?> raw = raw(type);
    if (raw == int.class) {
      return node.canConvertToExactIntegral() && node.canConvertToInt()
          ? node.intValue()
          : wrong(path, node, "a whole number");
    } else if (raw == long.class || raw == Long.class) {
      return node.canConvertToExactIntegral() && node.canConvertToLong()
          ? node.longValue()
          : wrong(path, node, "a whole number");
    } else if (raw == double.class || raw == Double.class) {
      return node.isNumber() ? node.doubleValue() : wrong(path, node, "a number");
    } else if (raw == boolean.class) {
      return node.isBoolean() ? node.booleanValue() : wrong(path, node, "true or false");
    } else if (raw == String.class) {
      return node.isValueNode() ? node.asText() : wrong(path, node, "text");
    } else if (raw.isEnum()) {
      return bindEnum(node, raw, path);
    } else if (raw == List.class) {
      return bindList(node, argument(type), path);
    } else if (raw == Map.class) {
      return bindMap(node, ((ParameterizedType) type).getActualTypeArguments()[1], path);
    } else if (raw.isRecord()) {
      return bindRecord(node, raw, path + ".");
    } else if (raw.isSealed()) {
      return bindChoice(node, raw, path);
    }
    throw new IllegalStateException("Cannot bind " + path + ": no reader for " + type);
  }

  private @Nullable Object bindEnum(JsonNode node, Class<?> type, String path) {
    List<String> names = constants(type);
    int index = names.indexOf(node.asText().toLowerCase(Locale.ROOT));
    if (index < 0) {
      errors.add(notOneOf(path, node.asText(), names));
      return null;
    }
    return type.getEnumConstants()[index];
  }

  /** The constants of an enum as YAML files write them. */
  private static List<String> constants(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  private static String notOneOf(String path, String found, List<String> names) {
    return "'%s' is '%s', expected one of %s; did you mean '%s'?"
        .formatted(path, found, names, NearestName.of(found, names));
  }

  private @Nullable Object bindChoice(JsonNode node, Class<?> type, String path) {
    Map<String, Class<?>> choices = new LinkedHashMap<>();
    String key = "";
    for (Class<?> record : type.getPermittedSubclasses()) {
      RecordComponent first = record.getRecordComponents()[0];
      key = first.getName();
      constants(first.getType()).forEach(name -> choices.put(name, record));
    }
    String chosen = node.path(key).asText().toLowerCase(Locale.ROOT);
    if (chosen.isEmpty()) {
      errors.add(
          "missing key '%s', expected one of %s".formatted(path + "." + key, choices.keySet()));
      return null;
    }
    Class<?> record = choices.get(chosen);
    if (record == null) {
      errors.add(notOneOf(path + "." + key, chosen, List.copyOf(choices.keySet())));
      return null;
    }
    return bindRecord(node, record, path + ".");
  }

  private @Nullable Object bindList(JsonNode node, Type element, String path) {
    if (!node.isArray()) {
      return wrong(path, node, "a list");
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      Object value = bindValue(node.get(i), element, path + "[" + i + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private @Nullable Object bindMap(JsonNode node, Type element, String path) {
    if (!(node instanceof ObjectNode object)) {
      return wrong(path, node, "keys and values");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      Object value = bindValue(entry.getValue(), element, path + "." + entry.getKey());
      if (value != null) {
        values.put(entry.getKey(), value);
      }
    }
    return values;
  }

  private @Nullable Object construct(
      Class<?> type, RecordComponent[] components, @Nullable Object[] values, String path) {
    try {
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      String section = path.isEmpty() ? "" : "'" + section(path) + "': ";
      errors.add(section + e.getCause().getMessage());
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot construct " + type.getName(), e);
    }
  }

  /** {@code network} of {@code network.}, before the names of its keys. */
  private static String section(String path) {
    return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
  }

  private @Nullable Object wrong(String path, JsonNode node, String expected) {
    errors.add("'%s' is %s, expected %s".formatted(path, node, expected));
    return null;
  }

  private static Class<?> raw(Type type) {
    return (Class<?>)
        (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }
}
