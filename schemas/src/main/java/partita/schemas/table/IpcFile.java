package partita.schemas.table;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An Arrow IPC file being written: magic, schema, record batches, end of stream, footer, magic. The
 * CRC32C of each batch's body is taken on the way out.
 *
 * @see <a href="https://arrow.apache.org/docs/format/Columnar.html#ipc-file-format">IPC file
 *     format</a>
 */
final class IpcFile implements AutoCloseable {
  static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  private final Schema schema;
  private final FileOutputStream file;
  private final CRC32C crc = new CRC32C();
  private final WriteChannel out;
  private final List<ArrowBlock> blocks = new ArrayList<>();
  private final List<Long> crcs = new ArrayList<>();

  IpcFile(Path path, Schema schema) throws IOException {
    this.schema = schema;
    file = new FileOutputStream(path.toFile());
    out = new WriteChannel(new Checksummed());
    try {
      out.write(MAGIC);
      out.align();
      MessageSerializer.serialize(out, schema, IpcOption.DEFAULT);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  void write(ArrowRecordBatch batch) throws IOException {
    long start = out.getCurrentPosition();
    ByteBuffer metadata = MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT);
    MessageSerializer.writeMessageBuffer(out, metadata.remaining(), metadata, IpcOption.DEFAULT);
    int metadataLength = Math.toIntExact(out.getCurrentPosition() - start);
    crc.reset();
    long bodyLength = MessageSerializer.writeBatchBuffers(out, batch);
    crcs.add(crc.getValue());
    blocks.add(new ArrowBlock(start, metadataLength, bodyLength));
  }

  /** CRC32C of each batch's body so far. */
  List<Long> crcs() {
    return crcs;
  }

  /** Writes the footer and waits until all bytes are on the disk. */
  void finish() throws IOException {
    out.writeIntLittleEndian(MessageSerializer.IPC_CONTINUATION_TOKEN);
    out.writeIntLittleEndian(0);
    long start = out.getCurrentPosition();
    ArrowFooter footer =
        new ArrowFooter(schema, List.of(), blocks, null, IpcOption.DEFAULT.metadataVersion);
    out.write(footer, false);
    out.writeIntLittleEndian(Math.toIntExact(out.getCurrentPosition() - start));
    out.write(MAGIC);
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /**
   * Passes bytes through the checksum to the file. A stream and not a file channel, which an
   * interrupt would close under a task that is saving its work.
   */
  private final class Checksummed implements WritableByteChannel {
    private final byte[] chunk = new byte[1 << 16];

    @Override
    public int write(ByteBuffer source) throws IOException {
      int count = source.remaining();
      while (source.hasRemaining()) {
        int length = Math.min(chunk.length, source.remaining());
        source.get(chunk, 0, length);
        crc.update(chunk, 0, length);
        file.write(chunk, 0, length);
      }
      return count;
    }

    @Override
    public boolean isOpen() {
      return file.getChannel().isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
