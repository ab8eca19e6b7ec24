package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.jspecify.annotations.Nullable;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Uninterrupted;

/** One record batch of a file: mapped, its checksum compared, on first touch. */
final class TableBatch {
  private final Path path;
  private final FileEntry entry;
  private final TableSchema schema;
  private final int index;
  private final ArrowBlock block;
  private final int rows;
  private volatile @Nullable Content content;

  /**
   * What a touched batch gives access to.
   *
   * @param body the mapped body, little-endian; only absolute access, as threads share it
   * @param values start of each column's values in the body
   * @param offsets start of each variable-width column's row offsets in the body, -1 for others
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; lives and dies inside its batch
  record Content(ByteBuffer body, int[] values, int[] offsets) {}

  TableBatch(
      Path path, FileEntry entry, TableSchema schema, int index, ArrowBlock block, int rows) {
    this.path = path;
    this.entry = entry;
    this.schema = schema;
    this.index = index;
    this.block = block;
    this.rows = rows;
  }

  int rows() {
    return rows;
  }

  Content content() throws IOException {
    Content found = content;
    return found == null ? load() : found;
  }

  private synchronized Content load() throws IOException {
    Content found = content;
    if (found == null) {
      found = Uninterrupted.run(this::map);
      content = found;
    }
    return found;
  }

  private Content map() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return map(channel);
    } catch (NoSuchFileException e) {
      throw damaged("the blob is gone");
    }
  }

  private Content map(FileChannel channel) throws IOException {
    BatchMetadata metadata = BatchMetadata.read(channel, block, entry.name());
    long start = block.getOffset() + block.getMetadataLength();
    if (start + block.getBodyLength() > channel.size()) {
      throw damaged("it ends before the batch does");
    }
    ByteBuffer body =
        channel
            .map(FileChannel.MapMode.READ_ONLY, start, block.getBodyLength())
            .order(ByteOrder.LITTLE_ENDIAN);
    CRC32C crc = new CRC32C();
    crc.update(body.duplicate());
    if (crc.getValue() != entry.batchCrc32c().get(index)) {
      throw damaged(
          "its CRC32C is %08x, expected %08x"
              .formatted(crc.getValue(), entry.batchCrc32c().get(index)));
    }
    if (metadata.rows() != rows) {
      throw damaged("it has %,d rows, expected %,d".formatted(metadata.rows(), rows));
    }
    return locate(metadata, body);
  }

  /**
   * Finds each column's buffers. They must lie one after the other as {@link TableWriter} puts
   * them, for the checksum covers what is in the body and not the message that says where it is.
   */
  private Content locate(BatchMetadata metadata, ByteBuffer body) throws IOException {
    int columns = schema.columns().size();
    int[] values = new int[columns];
    int[] offsets = new int[columns];
    Buffers buffers = new Buffers(metadata);
    for (int i = 0; i < columns; i++) {
      Column column = schema.columns().get(i);
      buffers.next(0); // validity: there are no nulls
      offsets[i] = -1;
      if (!column.type().fixedWidth()) {
        offsets[i] = buffers.next(4L * (rows + 1L));
        values[i] = buffers.next(body.getInt(offsets[i] + 4 * rows));
      } else {
        if (!column.shape().isEmpty()) {
          buffers.next(0); // validity of the list's items
        }
        values[i] = buffers.next((long) rows * column.rowBytes());
      }
    }
    return new Content(body, values, offsets);
  }

  /** Walks over a batch's buffers and compares each with what it has to be. */
  private final class Buffers {
    private final List<BatchMetadata.Range> ranges;
    private int index;
    private long end;

    Buffers(BatchMetadata metadata) {
      ranges = metadata.buffers();
    }

    int next(long length) throws IOException {
      if (index == ranges.size()
          || ranges.get(index).offset() != end
          || ranges.get(index).length() != length) {
        throw damaged("buffer " + index + " is not where its columns and rows put it");
      }
      end = (end + length + 7) / 8 * 8;
      return ranges.get(index++).offset();
    }
  }

  private IOException damaged(String what) {
    return new IOException(
        "Cannot read %s: batch %d of blob %s is damaged: %s; evict its artifact and run again"
            .formatted(entry.name(), index, path, what));
  }
}
