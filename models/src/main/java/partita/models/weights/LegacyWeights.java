package partita.models.weights;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format before 1.6: pickles of a magic number, a version, facts of the machine, what was
 * saved and the keys of its storages; then each storage, its number of elements (int64) first. It
 * has no checksums.
 */
final class LegacyWeights extends WeightFile {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final Object VERSION = 1001L;

  private final FileChannel channel;
  private final Map<String, StorageType> types = new HashMap<>();

  /** Storage key to the position in the file of its number of elements. */
  private final Map<String, Long> positions = new HashMap<>();

  LegacyWeights(Path path) throws IOException {
    super(path, "torch-legacy");
    channel = FileChannel.open(path);
  }

  @Override
  Map<String, TensorLayout> layouts() throws IOException {
    try (Counted in = new Counted(new BufferedInputStream(Files.newInputStream(path())))) {
      if (!MAGIC.equals(pickle(in)) || !VERSION.equals(pickle(in))) {
        throw new FormatException(
            "it is a pickle, but none of torch.save; save it with torch.save");
      }
      if (!(pickle(in) instanceof Map<?, ?> machine)
          || !Boolean.TRUE.equals(machine.get("little_endian"))) {
        throw new FormatException(
            "its numbers are not little-endian; save it on a little-endian machine");
      }
      Object saved = pickle(in);
      if (!(pickle(in) instanceof List<?> keys)) {
        throw new FormatException("it has no list of its storages; get the file again");
      }
      locate(keys, in.count);
      return StateDict.tensors(saved);
    }
  }

  private Object pickle(InputStream in) throws IOException {
    return Pickle.read(in, TorchGlobals::find, storage -> types.put(storage.key(), storage.type()));
  }

  /** Finds the storages, which follow the pickles from {@code position} on in the order of keys. */
  private void locate(List<?> keys, long position) throws IOException {
    for (Object each : keys) {
      // Nested keys could take forever to hash.
      if (!(each instanceof String key)) {
        throw new FormatException("it has a storage whose key is no text");
      }
      StorageType type = types.get(key);
      if (type == null) {
        throw new FormatException("it has a storage " + key + " that nothing mentions");
      }
      positions.put(key, position);
      long elements = elements(position);
      if (elements < 0 || elements > channel.size()) {
        throw new FormatException("its storage %s has %,d elements".formatted(key, elements));
      }
      position += Long.BYTES + elements * type.bytes();
    }
    if (position > channel.size()) {
      throw new FormatException(
          "it is cut short: it has %,d bytes, expected %,d; get the file again"
              .formatted(channel.size(), position));
    }
  }

  /** Number of elements of the storage at a position. */
  private long elements(long position) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (channel.read(number, position) < Long.BYTES) {
      throw new FormatException(
          "it is cut short: it ends after %,d bytes, within its storages; get the file again"
              .formatted(channel.size()));
    }
    return number.flip().getLong();
  }

  @Override
  void requireHeld(TensorLayout.Storage storage) throws IOException {
    Long position = positions.get(storage.key());
    if (position == null) {
      throw new FormatException("it lacks the storage " + storage.key());
    }
    long found = elements(position);
    if (found != storage.elements()) {
      throw new FormatException(
          "storage %s has %,d elements, expected %,d"
              .formatted(storage.key(), found, storage.elements()));
    }
  }

  @Override
  byte[] read(TensorLayout.Storage storage, long offset, int count) throws IOException {
    return ChannelInput.read(channel, positions.get(storage.key()) + Long.BYTES + offset, count);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Counts what was read. */
  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      count += Math.max(0, read);
      return read;
    }
  }
}
