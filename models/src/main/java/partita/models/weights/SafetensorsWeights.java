package partita.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The safetensors format: the header's length (uint64, little-endian), the header, the tensors'
 * bytes, row-major and little-endian. It has no checksums.
 */
final class SafetensorsWeights extends WeightFile {
  /** A hundred thousand tensors take less. */
  private static final long MOST_HEADER = 1 << 24;

  private final FileChannel channel;
  private final Map<String, SafetensorsHeader.Slot> slots;

  /** Position of the first tensor's first byte. */
  private final long start;

  SafetensorsWeights(Path path) throws IOException {
    super(path, "safetensors");
    channel = FileChannel.open(path);
    try {
      long bytes =
          ByteBuffer.wrap(ChannelInput.read(channel, 0, Long.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN)
              .getLong();
      long most = Math.min(MOST_HEADER, channel.size() - Long.BYTES);
      if (bytes < 0 || bytes > most) {
        throw new FormatException(
            "its header claims %s bytes, expected at most %,d; get the file again, if it is one of safetensors"
                .formatted(Long.toUnsignedString(bytes), most));
      }
      start = Long.BYTES + bytes;
      slots =
          SafetensorsHeader.parse(
              ChannelInput.read(channel, Long.BYTES, (int) bytes), channel.size() - start);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  Map<String, TensorLayout> layouts() throws IOException {
    Map<String, TensorLayout> layouts = new TreeMap<>();
    for (Map.Entry<String, SafetensorsHeader.Slot> slot : slots.entrySet()) {
      String name = slot.getKey();
      layouts.put(
          name, TensorLayout.rowMajor(slot.getValue().type(), name, slot.getValue().shape()));
    }
    return layouts;
  }

  /** The header was found to fit the file. */
  @Override
  void requireHeld(TensorLayout.Storage storage) {}

  @Override
  byte[] read(TensorLayout.Storage storage, long offset, int count) throws IOException {
    SafetensorsHeader.Slot slot = slots.get(storage.key());
    return ChannelInput.read(channel, start + slot.begin() + offset, count);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
