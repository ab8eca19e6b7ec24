package partita.schemas.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.jspecify.annotations.Nullable;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Uninterrupted;

/** One Arrow IPC file opened for reading: its schema and its batches, mapped when touched. */
final class TableFile {
  private final FileEntry entry;
  private final TableSchema schema;
  private final int rowsPerBatch;
  private final TableBatch[] batches;

  private TableFile(FileEntry entry, TableSchema schema, int rowsPerBatch, TableBatch[] batches) {
    this.entry = entry;
    this.schema = schema;
    this.rowsPerBatch = rowsPerBatch;
    this.batches = batches;
  }

  static TableFile open(Path path, FileEntry entry) throws IOException {
    return Uninterrupted.run(
        () -> {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return open(path, entry, channel);
          }
        });
  }

  private static TableFile open(Path path, FileEntry entry, FileChannel channel)
      throws IOException {
    ArrowFooter footer = footer(channel, entry.name());
    TableSchema schema = ArrowSchemas.fromArrow(footer.getSchema(), entry.name());
    List<ArrowBlock> blocks = footer.getRecordBatches();
    checkBlocks(entry, blocks, channel.size());
    int rowsPerBatch =
        blocks.isEmpty() ? 0 : BatchMetadata.read(channel, blocks.get(0), entry.name()).rows();
    checkRows(entry, blocks.size(), rowsPerBatch);
    TableBatch[] batches = new TableBatch[blocks.size()];
    for (int i = 0; i < batches.length; i++) {
      long rows = Math.min(rowsPerBatch, entry.rows() - (long) i * rowsPerBatch);
      batches[i] = new TableBatch(path, entry, schema, i, blocks.get(i), (int) rows);
    }
    return new TableFile(entry, schema, rowsPerBatch, batches);
  }

  private static ArrowFooter footer(FileChannel channel, String name) throws IOException {
    long size = channel.size();
    int trailer = Integer.BYTES + IpcFile.MAGIC.length;
    if (size < IpcFile.MAGIC.length + trailer) {
      throw new IOException(
          "Cannot read %s: it has %,d bytes, too few for an Arrow file".formatted(name, size));
    }
    ByteBuffer end = read(channel, size - trailer, trailer);
    if (!magic(read(channel, 0, IpcFile.MAGIC.length), 0) || !magic(end, Integer.BYTES)) {
      throw new IOException(
          "Cannot read %s: it does not begin and end with ARROW1; it is no Arrow file or was cut off"
              .formatted(name));
    }
    int length = end.getInt(0);
    if (length <= 0 || length > size - trailer - IpcFile.MAGIC.length) {
      throw damaged(name, null);
    }
    try {
      return new ArrowFooter(
          Footer.getRootAsFooter(read(channel, size - trailer - length, length)));
    } catch (RuntimeException e) {
      throw damaged(name, e);
    }
  }

  private static boolean magic(ByteBuffer buffer, int at) {
    return buffer.slice(at, IpcFile.MAGIC.length).equals(ByteBuffer.wrap(IpcFile.MAGIC));
  }

  /** Some bytes of a file, little-endian. */
  static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("it ends before byte %,d".formatted(position + length));
      }
    }
    return buffer.flip();
  }

  private static void checkBlocks(FileEntry entry, List<ArrowBlock> blocks, long size)
      throws IOException {
    if (entry.batchCrc32c().size() != blocks.size()) {
      throw new IOException(
          "Cannot read %s: it has %,d batches, its manifest %,d"
              .formatted(entry.name(), blocks.size(), entry.batchCrc32c().size()));
    }
    long end = 0;
    for (ArrowBlock block : blocks) {
      long next = block.getOffset() + block.getMetadataLength() + block.getBodyLength();
      if (block.getOffset() < end
          || block.getMetadataLength() < 0
          || block.getBodyLength() < 0
          || block.getBodyLength() > Integer.MAX_VALUE
          || next > size) {
        throw damaged(entry.name(), null);
      }
      end = next;
    }
  }

  private static IOException damaged(String name, @Nullable RuntimeException cause) {
    return new IOException("Cannot read " + name + ": its footer is damaged", cause);
  }

  private static void checkRows(FileEntry entry, int batches, int rowsPerBatch) throws IOException {
    long most = (long) batches * rowsPerBatch;
    if (entry.rows() > most || (batches > 0 && entry.rows() <= most - rowsPerBatch)) {
      throw new IOException(
          "Cannot read %s: it has %,d batches of %,d rows, its manifest %,d rows"
              .formatted(entry.name(), batches, rowsPerBatch, entry.rows()));
    }
  }

  FileEntry entry() {
    return entry;
  }

  TableSchema schema() {
    return schema;
  }

  long rows() {
    return entry.rows();
  }

  int rowsPerBatch() {
    return rowsPerBatch;
  }

  /** The batch of a row of this file. */
  TableBatch batchOf(long row) {
    return batches[(int) (row / rowsPerBatch)];
  }
}
