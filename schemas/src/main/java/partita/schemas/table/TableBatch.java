package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.jspecify.annotations.Nullable;
import partita.schemas.artifact.FileEntry;

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
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
        found = load(channel);
      }
      content = found;
    }
    return found;
  }

  private Content load(FileChannel channel) throws IOException {
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

  /** Finds each column's buffers; a column starts with a validity buffer, a list with two. */
  private Content locate(BatchMetadata metadata, ByteBuffer body) throws IOException {
    int columns = schema.columns().size();
    int[] values = new int[columns];
    int[] offsets = new int[columns];
    int buffer = 0;
    for (int i = 0; i < columns; i++) {
      Column column = schema.columns().get(i);
      offsets[i] = -1;
      buffer += column.shape().isEmpty() ? 1 : 2;
      long expected = (long) rows * column.type().bytes() * column.elements();
      if (!column.type().fixedWidth()) {
        offsets[i] = at(metadata, buffer++, 4L * (rows + 1L), column);
        expected = Integer.toUnsignedLong(body.getInt(offsets[i] + 4 * rows));
      }
      values[i] = at(metadata, buffer++, expected, column);
    }
    return new Content(body, values, offsets);
  }

  private int at(BatchMetadata metadata, int buffer, long expected, Column column)
      throws IOException {
    if (buffer >= metadata.offsets().length || metadata.lengths()[buffer] < expected) {
      throw damaged("column %s is shorter than its %,d rows".formatted(column.name(), rows));
    }
    return metadata.offsets()[buffer];
  }

  private IOException damaged(String what) {
    return new IOException(
        "Cannot read %s: batch %d of blob %s is damaged: %s; run its stage again"
            .formatted(entry.name(), index, path, what));
  }
}
