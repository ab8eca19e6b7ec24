package partita.transforms.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.models.image.Preparation;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardResult;

/**
 * Writes the images of one shard of a folder with their file names, into whichever splits they
 * belong to; a file is begun with its first row.
 */
final class FolderRows implements AutoCloseable {
  private static final String SKIPPED_ROLE = "skipped";
  private static final int SOURCES_PER_BATCH = 4096;

  private final ShardContext context;
  private final Preparation preparation;
  private final Map<String, ImageRows> images = new TreeMap<>();
  private final Map<String, TableWriter> sources = new TreeMap<>();
  private long skipped;

  FolderRows(ShardContext context, Preparation preparation) {
    this.context = context;
    this.preparation = preparation;
  }

  void add(String role, long id, int label, String source, byte[] pixels) throws IOException {
    ImageRows rows = images.get(role);
    if (rows == null) {
      rows = ImageRows.plain(context, role, preparation);
      images.put(role, rows);
    }
    rows.add(id, label, pixels);
    source(role + "-sources", id, source);
  }

  /** Lists an image that is left out. */
  void skip(long id, String source) throws IOException {
    skipped++;
    source(SKIPPED_ROLE, id, source);
  }

  private void source(String role, long id, String source) throws IOException {
    TableWriter writer = sources.get(role);
    if (writer == null) {
      writer = context.writer(role, SourceTable.schema(), SOURCES_PER_BATCH);
      sources.put(role, writer);
    }
    writer.append(1, new long[] {id}, List.of(source));
  }

  ShardResult commit(long classes) throws IOException {
    List<FileEntry> files = new ArrayList<>();
    for (ImageRows rows : images.values()) {
      files.add(rows.commit());
    }
    for (TableWriter writer : sources.values()) {
      files.add(writer.commit());
    }
    return new ShardResult(
        files, Map.of(FolderIngest.CLASSES, classes, FolderIngest.SKIPPED, skipped));
  }

  @Override
  public void close() throws IOException {
    for (ImageRows rows : images.values()) {
      rows.close();
    }
    for (TableWriter writer : sources.values()) {
      writer.close();
    }
  }
}
