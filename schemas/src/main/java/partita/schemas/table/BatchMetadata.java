package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * What a record batch's message says of its body.
 *
 * @param rows rows of the batch
 * @param buffers where each buffer lies in the body, in Arrow's order
 */
record BatchMetadata(int rows, List<Range> buffers) {

  /**
   * Some bytes of a body.
   *
   * @param offset first byte
   * @param length number of bytes
   */
  record Range(int offset, int length) {}

  BatchMetadata {
    buffers = List.copyOf(buffers);
  }

  /** Reads the message in front of a batch's body; errors name {@code file}. */
  static BatchMetadata read(FileChannel channel, ArrowBlock block, String file) throws IOException {
    try {
      return parse(TableFile.read(channel, block.getOffset(), block.getMetadataLength()), block);
    } catch (ClosedByInterruptException e) {
      throw e; // no damage; whoever opened the channel tries again
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "Cannot read %s: the batch at byte %,d is damaged: %s"
              .formatted(file, block.getOffset(), e.getMessage()),
          e);
    }
  }

  private static BatchMetadata parse(ByteBuffer bytes, ArrowBlock block) throws IOException {
    if (bytes.getInt() != MessageSerializer.IPC_CONTINUATION_TOKEN) {
      throw new IOException("no message starts there");
    }
    int length = bytes.getInt();
    Message message = Message.getRootAsMessage(bytes.slice(bytes.position(), length));
    if (message.headerType() != MessageHeader.RecordBatch) {
      throw new IOException("found message type " + message.headerType() + ", expected a batch");
    }
    RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
    if (batch == null || batch.compression() != null) {
      throw new IOException("expected an uncompressed batch");
    }
    for (int i = 0; i < batch.nodesLength(); i++) {
      if (batch.nodes(i).nullCount() != 0) {
        throw new IOException("found nulls, expected none");
      }
    }
    return buffers(batch, block.getBodyLength());
  }

  private static BatchMetadata buffers(RecordBatch batch, long bodyLength) throws IOException {
    List<Range> buffers = new ArrayList<>();
    for (int i = 0; i < batch.buffersLength(); i++) {
      long offset = batch.buffers(i).offset();
      long length = batch.buffers(i).length();
      if (offset < 0 || length < 0 || offset > bodyLength - length) {
        throw new IOException("buffer " + i + " lies outside of its body");
      }
      buffers.add(new Range(Math.toIntExact(offset), Math.toIntExact(length)));
    }
    return new BatchMetadata(Math.toIntExact(batch.length()), buffers);
  }
}
