package partita.models.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Bytes {@code [position, end)} of a file; leaves the channel's own position alone. */
final class ChannelInput extends InputStream {
  private final FileChannel channel;
  private final long end;
  private long position;

  ChannelInput(FileChannel channel, long position, long end) {
    this.channel = channel;
    this.position = position;
    this.end = end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, end - position);
    if (count <= 0) {
      return -1;
    }
    int read = channel.read(ByteBuffer.wrap(target, offset, count), position);
    position += Math.max(0, read);
    return read;
  }

  /** All of some bytes of a file. */
  static byte[] read(FileChannel channel, long position, int count) throws IOException {
    byte[] bytes = new ChannelInput(channel, position, position + count).readNBytes(count);
    if (bytes.length < count) {
      throw new FormatException("it was cut short while it was read; get the file again");
    }
    return bytes;
  }
}
