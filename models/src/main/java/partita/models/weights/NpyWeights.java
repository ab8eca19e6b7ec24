package partita.models.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;

/** One array that {@code numpy.save} wrote. */
final class NpyWeights extends WeightFile {
  /** The file itself has no name for it. */
  private static final String NAME = "array";

  private final FileChannel channel;
  private final NpyHeader header;

  NpyWeights(Path path) throws IOException {
    super(path, "npy");
    channel = FileChannel.open(path);
    try {
      header = NpyHeader.read(new ChannelInput(channel, 0, channel.size()));
      header.requireBytes(channel.size() - header.bytes());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  Map<String, TensorLayout> layouts() throws IOException {
    return Map.of(NAME, header.layout(NAME));
  }

  /** The header was found to fit the file. */
  @Override
  void requireHeld(TensorLayout.Storage storage) {}

  @Override
  byte[] read(TensorLayout.Storage storage, long offset, int count) throws IOException {
    return header.littleEndian(ChannelInput.read(channel, header.bytes() + offset, count));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
