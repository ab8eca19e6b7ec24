package partita.models.weights;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import partita.models.train.NamedTensor;

/**
 * Writes safetensors files: equal tensors, equal bytes. Tensors are in the order of their names,
 * and the first begins at a multiple of 8 bytes.
 */
public final class Safetensors {
  private static final int ALIGNMENT = 8;

  private Safetensors() {}

  /**
   * Writes a new file of all tensors, by the names that they have. They are asked for one by one.
   *
   * @throws IllegalArgumentException if two share a name, or one has not as many bytes as its shape
   * @throws java.nio.file.FileAlreadyExistsException if there is such a file
   */
  public static void write(Path file, List<NamedTensor> tensors) throws IOException {
    List<NamedTensor> sorted = new ArrayList<>(tensors);
    sorted.sort(Comparator.comparing(NamedTensor::name));
    ByteBuffer header = header(sorted);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      put(out, header);
      for (NamedTensor tensor : sorted) {
        ByteBuffer content = tensor.content().get().duplicate();
        long expected = bytes(tensor);
        if (content.remaining() != expected) {
          throw new IllegalArgumentException(
              "Cannot write %s %s: found %,d bytes, expected %,d"
                  .formatted(tensor.name(), tensor.shape(), content.remaining(), expected));
        }
        put(out, content);
      }
    }
  }

  private static ByteBuffer header(List<NamedTensor> tensors) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name(SafetensorsHeader.METADATA).beginObject().name("format").value("pt").endObject();
      String before = SafetensorsHeader.METADATA;
      long position = 0;
      for (NamedTensor tensor : tensors) {
        if (tensor.name().equals(before) || tensor.name().equals(SafetensorsHeader.METADATA)) {
          throw new IllegalArgumentException(
              "Cannot write a tensor named %s: the name is taken".formatted(tensor.name()));
        }
        before = tensor.name();
        json.name(tensor.name()).beginObject().name("dtype").value(type(tensor).safetensors());
        json.name("shape").beginArray();
        for (long size : tensor.shape()) {
          json.value(size);
        }
        json.endArray().name("data_offsets").beginArray().value(position);
        position += bytes(tensor);
        json.value(position).endArray().endObject();
      }
      json.endObject();
    }
    byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
    int length = (utf8.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer header =
        ByteBuffer.allocate(Long.BYTES + length).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    header.put(utf8);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private static long bytes(NamedTensor tensor) {
    return tensor.size() * type(tensor).bytes();
  }

  private static StorageType type(NamedTensor tensor) {
    String name = tensor.type().name().toLowerCase(Locale.ROOT);
    return StorageType.ofWord(name.equals("boolean") ? "bool" : name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot write %s: safetensors files have no %s"
                        .formatted(tensor.name(), tensor.type())));
  }

  private static void put(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }
}
