package partita.pipelines.scalar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.zip.CRC32C;

/**
 * A TensorBoard event file that grows: TFRecords of {@code tensorflow.Event} messages. A record is
 * its length (8 bytes), the masked CRC32C of these, the message, and the masked CRC32C of that, all
 * little-endian.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord</a>
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/core/util/event.proto">
 *     event.proto</a>
 */
final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final int MASK_DELTA = 0xa282ead8;

  /** Fields of the messages by number and wire type, {@code number << 3 | type}. */
  private static final int EVENT_WALL_TIME = 1 << 3 | 1;

  private static final int EVENT_STEP = 2 << 3;
  private static final int EVENT_FILE_VERSION = 3 << 3 | 2;
  private static final int EVENT_SUMMARY = 5 << 3 | 2;
  private static final int SUMMARY_VALUE = 1 << 3 | 2;
  private static final int VALUE_TAG = 1 << 3 | 2;
  private static final int VALUE_SIMPLE_VALUE = 2 << 3 | 5;

  private final OutputStream out;

  private EventFile(OutputStream out) {
    this.out = out;
  }

  /**
   * Begins a file.
   *
   * @param wallSeconds now, in seconds since 1970
   */
  static EventFile create(Path file, double wallSeconds) throws IOException {
    EventFile created = new EventFile(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW));
    Message event = new Message().put(EVENT_WALL_TIME, wallSeconds);
    created.out.write(record(event.put(EVENT_FILE_VERSION, text(VERSION)).bytes()));
    return created;
  }

  /** Appends points in one write, so that a reader sees few half records. */
  void append(Collection<Scalar> scalars) throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (Scalar scalar : scalars) {
      byte[] value =
          new Message()
              .put(VALUE_TAG, text(scalar.tag()))
              .put(VALUE_SIMPLE_VALUE, scalar.value())
              .bytes();
      byte[] summary = new Message().put(SUMMARY_VALUE, value).bytes();
      records.writeBytes(
          record(
              new Message()
                  .put(EVENT_WALL_TIME, scalar.wallSeconds())
                  .put(EVENT_STEP, scalar.step())
                  .put(EVENT_SUMMARY, summary)
                  .bytes()));
    }
    out.write(records.toByteArray());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] record(byte[] message) {
    ByteBuffer record = ByteBuffer.allocate(message.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(message.length);
    record.putInt(masked(record.array(), Long.BYTES));
    record.put(message);
    record.putInt(masked(message, message.length));
    return record.array();
  }

  /** A CRC of bytes that hold CRCs is weak, so the format rotates it and adds a constant. */
  private static int masked(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
  }

  /** A protocol buffer message, its fields in the order of their numbers. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message put(int key, double value) {
      out.write(key);
      out.writeBytes(little(Double.BYTES).putDouble(value).array());
      return this;
    }

    Message put(int key, float value) {
      out.write(key);
      out.writeBytes(little(Float.BYTES).putFloat(value).array());
      return this;
    }

    /** Zero is what a reader takes a missing number for, so it is left out. */
    Message put(int key, long value) {
      if (value != 0) {
        out.write(key);
        varint(value);
      }
      return this;
    }

    Message put(int key, byte[] value) {
      out.write(key);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7fL) != 0) {
        out.write((int) (left & 0x7f | 0x80));
        left >>>= 7;
      }
      out.write((int) left);
    }

    private static ByteBuffer little(int bytes) {
      return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
