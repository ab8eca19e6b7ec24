package partita.schemas.artifact;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 over framed, typed fields. Every value is written with a type tag and its length, so that
 * {@code ("ab", "c")} and {@code ("a", "bc")}, or {@code 1}, {@code 1.0} and {@code true}, never
 * hash alike. Floating-point numbers enter as IEEE bits with {@code -0.0} made {@code 0.0}; NaN is
 * refused, for it would never equal itself.
 */
public final class KeyHasher {
  private final MessageDigest sha256;

  /** Starts a digest in a domain of its own, so that keys of different kinds cannot collide. */
  public KeyHasher(String domain) {
    sha256 = Sha256.start();
    frame('D', domain.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Adds a named value: text, a number, a boolean, an enum constant, bytes, an {@link Optional}, a
   * list, a map with text keys (sorted by key) or a record (component by component, with its class
   * name).
   */
  public KeyHasher put(String name, Object value) {
    frame('N', name.getBytes(StandardCharsets.UTF_8));
    frame('V', encode(name, value));
    return this;
  }

  /** The digest as 64 hexadecimal digits; the hasher is spent. */
  public String digest() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  private void frame(char tag, byte[] bytes) {
    byte[] framed = framed(tag, bytes);
    sha256.update(framed, 0, framed.length);
  }

  private static byte[] framed(char tag, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 9);
    try (DataOutputStream data = new DataOutputStream(out)) {
      data.writeByte(tag);
      data.writeLong(bytes.length);
      data.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] encode(String name, @Nullable Object value) {
    if (value instanceof String text) {
      return framed('S', text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return framed('L', bytes(((Number) value).longValue()));
    } else if (value instanceof Double || value instanceof Float) {
      return framed(
          'F', bytes(Double.doubleToLongBits(finite(name, ((Number) value).doubleValue()))));
    } else if (value instanceof Boolean flag) {
      return framed('B', new byte[] {(byte) (flag ? 1 : 0)});
    } else if (value instanceof Enum<?> constant) {
      return framed('E', constant.name().getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof byte[] raw) {
      return framed('R', raw);
    } else if (value instanceof Optional<?> optional) {
      return framed('O', optional.map(inner -> encode(name, inner)).orElse(new byte[0]));
    } else if (value instanceof List<?> list) {
      return encodeAll('A', name, list);
    } else if (value instanceof Map<?, ?> map) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      TreeMap<String, Object> sorted = new TreeMap<>();
      map.forEach((key, inner) -> sorted.put(text(name, key), inner));
      sorted.forEach(
          (key, inner) -> {
            out.writeBytes(framed('N', key.getBytes(StandardCharsets.UTF_8)));
            out.writeBytes(encode(key, inner));
          });
      return framed('M', out.toByteArray());
    } else if (value instanceof Record data) {
      return encodeRecord(data);
    }
    throw new IllegalArgumentException(
        "Cannot hash field "
            + name
            + ": no encoding for "
            + (value == null ? "null" : value.getClass().getName()));
  }

  private static String text(String name, @Nullable Object key) {
    if (key instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException(
        "Cannot hash field " + name + ": the map has key " + key + ", expected text");
  }

  private static byte[] encodeAll(char tag, String name, Collection<?> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object value : values) {
      out.writeBytes(encode(name, value));
    }
    return framed(tag, out.toByteArray());
  }

  private static byte[] encodeRecord(Record data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(framed('C', data.getClass().getName().getBytes(StandardCharsets.UTF_8)));
    for (RecordComponent component : data.getClass().getRecordComponents()) {
      out.writeBytes(framed('N', component.getName().getBytes(StandardCharsets.UTF_8)));
      out.writeBytes(encode(component.getName(), component(data, component)));
    }
    return framed('T', out.toByteArray());
  }

  private static Object component(Record data, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(data);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "Cannot read component " + component.getName() + " of " + data.getClass().getName(), e);
    }
  }

  private static double finite(String name, double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException("Cannot hash field " + name + ": it is NaN");
    }
    return value == 0.0 ? 0.0 : value;
  }

  private static byte[] bytes(long value) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (value >>> (56 - 8 * i));
    }
    return bytes;
  }
}
