package partita.models.weights;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The header of a safetensors file: a JSON object of {@code name: {dtype, shape, data_offsets}}.
 * The tensors must cover the bytes after it without gaps or overlaps, as the format asks for.
 */
final class SafetensorsHeader {
  /** Names what the file says of itself, instead of a tensor. */
  static final String METADATA = "__metadata__";

  private static final int MOST_DIMENSIONS = 64;

  private final JsonReader json;
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  /**
   * One tensor.
   *
   * @param begin first byte, counted from the end of the header
   * @param end first byte after it
   */
  record Slot(StorageType type, List<Long> shape, long begin, long end) {}

  private SafetensorsHeader(String text) {
    json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
  }

  /**
   * Tensors by name.
   *
   * @param utf8 the header
   * @param dataBytes bytes that follow it
   * @throws FormatException if it is damaged or does not fit the bytes
   */
  static Map<String, Slot> parse(byte[] utf8, long dataBytes) throws IOException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
      SafetensorsHeader header = new SafetensorsHeader(text);
      header.read();
      header.requireCovered(dataBytes);
      return header.slots;
    } catch (MalformedJsonException
        | EOFException
        | CharacterCodingException
        | IllegalStateException
        | NumberFormatException e) {
      throw new FormatException("its header is no JSON of safetensors; get the file again", e);
    }
  }

  private void read() throws IOException {
    json.beginObject();
    boolean described = false;
    while (json.hasNext()) {
      String name = json.nextName();
      if (name.equals(METADATA)) {
        if (described) {
          throw twice(name);
        }
        described = true;
        skipMetadata();
      } else if (slots.put(name, slot(name)) != null) {
        throw twice(name);
      }
    }
    json.endObject();
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw new IllegalStateException("a second value");
    }
  }

  private void skipMetadata() throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      text(json.nextName());
    }
    json.endObject();
  }

  private Slot slot(String name) throws IOException {
    String type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      boolean again =
          switch (key) {
            case "dtype" -> type != null;
            case "shape" -> shape != null;
            case "data_offsets" -> offsets != null;
            default -> true;
          };
      if (again) {
        throw wrong(name, "the key '%s' twice or needlessly".formatted(printable(key)));
      }
      switch (key) {
        case "dtype" -> type = text(name);
        case "shape" -> shape = numbers(name);
        default -> offsets = numbers(name);
      }
    }
    json.endObject();
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw wrong(name, "no dtype, shape and two data_offsets");
    }
    String found = type;
    StorageType known =
        StorageType.ofSafetensors(found)
            .orElseThrow(
                () ->
                    new FormatException(
                        "tensor %s has the element type %s, expected one of F64, F32, F16, BF16, I64, I32, I16, I8, U64, U32, U16, U8, BOOL; save it as one of them"
                            .formatted(printable(name), printable(found))));
    return new Slot(known, List.copyOf(shape), offsets.get(0), offsets.get(1));
  }

  private String text(String name) throws IOException {
    if (json.peek() != JsonToken.STRING) {
      throw wrong(name, "something else than text");
    }
    return json.nextString();
  }

  private List<Long> numbers(String name) throws IOException {
    List<Long> numbers = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      String text = json.peek() == JsonToken.NUMBER ? json.nextString() : "";
      if (!text.matches("\\d{1,18}") || numbers.size() == MOST_DIMENSIONS) {
        throw wrong(name, "something else than at most 64 whole numbers from 0 on");
      }
      numbers.add(Long.parseLong(text));
    }
    json.endArray();
    return numbers;
  }

  private void requireCovered(long dataBytes) throws FormatException {
    List<Map.Entry<String, Slot>> sorted = new ArrayList<>(slots.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Slot> slot) -> slot.getValue().begin)
            .thenComparingLong(slot -> slot.getValue().end));
    long position = 0;
    for (Map.Entry<String, Slot> entry : sorted) {
      Slot slot = entry.getValue();
      long bytes = TensorLayout.elements(slot.shape) * slot.type.bytes();
      if (slot.begin != position || slot.end - slot.begin != bytes) {
        throw new FormatException(
            "tensor %s %s %s is at bytes %,d to %,d, expected %,d to %,d, without gaps or overlaps; get the file again"
                .formatted(
                    printable(entry.getKey()),
                    slot.type.safetensors(),
                    slot.shape,
                    slot.begin,
                    slot.end,
                    position,
                    position + bytes));
      }
      position = slot.end;
    }
    if (position != dataBytes) {
      throw new FormatException(
          "its tensors take %,d bytes and %,d follow the header; get the file again"
              .formatted(position, dataBytes));
    }
  }

  private static FormatException twice(String name) {
    return new FormatException(
        "its header names %s twice; save it again".formatted(printable(name)));
  }

  private static FormatException wrong(String name, String found) {
    return new FormatException(
        "its header has for %s %s; get the file again".formatted(printable(name), found));
  }

  private static String printable(String text) {
    return ZipDirectory.printable(text);
  }
}
