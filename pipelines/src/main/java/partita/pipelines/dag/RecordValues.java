package partita.pipelines.dag;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads the components of a record. */
final class RecordValues {
  private RecordValues() {}

  /** Component name to value, in order of declaration. */
  static Map<String, Object> of(Record data) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : data.getClass().getRecordComponents()) {
      try {
        component.getAccessor().setAccessible(true);
        values.put(component.getName(), component.getAccessor().invoke(data));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new IllegalStateException(
            "Cannot read component " + component.getName() + " of " + data.getClass().getName(), e);
      }
    }
    return values;
  }

  /**
   * Parameters as text for manifests and people: nested records flatten to {@code
   * optimizer.learningRate}, and {@code task} holds the simple name of the record's class.
   */
  static SortedMap<String, String> text(Record data) {
    SortedMap<String, String> text = new TreeMap<>();
    text.put("task", data.getClass().getSimpleName());
    of(data).forEach((name, value) -> flatten(name, value, text));
    return text;
  }

  private static void flatten(String name, Object value, SortedMap<String, String> text) {
    if (value instanceof Record data) {
      if (data.getClass().getInterfaces().length > 0) {
        text.put(name, data.getClass().getSimpleName());
      }
      of(data).forEach((inner, nested) -> flatten(name + "." + inner, nested, text));
    } else if (value instanceof Optional<?> optional) {
      optional.ifPresentOrElse(inner -> flatten(name, inner, text), () -> text.put(name, "none"));
    } else if (value instanceof List<?> list && list.stream().anyMatch(Record.class::isInstance)) {
      for (int i = 0; i < list.size(); i++) {
        flatten(name + "." + i, list.get(i), text);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> flatten(name + "." + key, inner, text));
    } else {
      text.put(name, String.valueOf(value));
    }
  }
}
