package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * What a record batch's message says of its body.
 *
 * @param rows rows of the batch
 * @param offsets start of each buffer in the body, in Arrow's order
 * @param lengths bytes of each buffer
 */
record BatchMetadata(int rows, int[] offsets, int[] lengths) {

  /** Reads the message in front of a batch's body; errors name {@code file}. */
  static BatchMetadata read(FileChannel channel, ArrowBlock block, String file) throws IOException {
    try {
      return parse(TableFile.read(channel, block.getOffset(), block.getMetadataLength()), block);
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
    int[] offsets = new int[batch.buffersLength()];
    int[] lengths = new int[batch.buffersLength()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = Math.toIntExact(batch.buffers(i).offset());
      lengths[i] = Math.toIntExact(batch.buffers(i).length());
      if (offsets[i] < 0 || lengths[i] < 0 || (long) offsets[i] + lengths[i] > bodyLength) {
        throw new IOException("buffer " + i + " lies outside of its body");
      }
    }
    return new BatchMetadata(Math.toIntExact(batch.length()), offsets, lengths);
  }
}
