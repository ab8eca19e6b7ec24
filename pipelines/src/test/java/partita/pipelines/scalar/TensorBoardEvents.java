package partita.pipelines.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the scalars of an event file, by the specification and with a CRC32C bit by bit. */
final class TensorBoardEvents {
  private TensorBoardEvents() {}

  static List<Scalar> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Scalar> scalars = new ArrayList<>();
    boolean first = true;
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertEquals(masked(length), in.getInt());
      byte[] event = new byte[(int) in.getLong(in.position() - 12)];
      in.get(event);
      assertEquals(masked(event), in.getInt());
      if (!first) {
        scalars.add(scalar(ByteBuffer.wrap(event).order(ByteOrder.LITTLE_ENDIAN)));
      }
      first = false;
    }
    return scalars;
  }

  private static int masked(byte[] bytes) {
    int crc = -1;
    for (byte next : bytes) {
      crc ^= next & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ (0x82f63b78 & -(crc & 1));
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static Scalar scalar(ByteBuffer event) {
    double wall = 0;
    long step = 0;
    String tag = "";
    float value = 0;
    while (event.hasRemaining()) {
      int key = event.get();
      switch (key) {
        case 0x09 -> wall = event.getDouble();
        case 0x10 -> step = varint(event);
        case 0x2a -> varint(event);
        case 0x0a -> {
          // A value in a summary, and the tag in that value, have the same key.
          int size = (int) varint(event);
          if (event.get(event.position()) != 0x0a) {
            byte[] text = new byte[size];
            event.get(text);
            tag = new String(text, StandardCharsets.UTF_8);
          }
        }
        case 0x15 -> value = event.getFloat();
        default -> throw new AssertionError("key " + key + " in " + Arrays.toString(event.array()));
      }
    }
    return new Scalar(tag, step, wall, value);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
