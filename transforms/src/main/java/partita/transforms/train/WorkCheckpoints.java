package partita.transforms.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import partita.models.train.CheckpointSink;
import partita.models.train.TrainingState;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Sha256;
import partita.schemas.artifact.WorkArea;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.schemas.table.WeightsTable;

/**
 * The last two states of a training in its work area, each a weights table and, written after it,
 * an entry with the table's digest. A table without an entry, or of another digest, was cut short
 * or damaged; the state before it is taken instead.
 */
public final class WorkCheckpoints implements CheckpointSink {
  private static final String FOLDER = "checkpoint/";
  private static final String ENTRY = ".json";
  private static final String TABLE = ".arrow";
  private static final int KEPT = 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ArtifactStore store;
  private final WorkArea work;

  public WorkCheckpoints(ArtifactStore store, WorkArea work) {
    this.store = store;
    this.work = work;
  }

  @Override
  public void save(TrainingState state) throws IOException {
    String name = FOLDER + "%012d".formatted(state.step());
    Path file = store.temporary().resolve("checkpoint-" + UUID.randomUUID() + TABLE);
    FileEntry entry;
    try (TableWriter writer =
        TableWriter.create(
            file, name + TABLE, WeightsTable.schema(), WeightsTable.ROWS_PER_BATCH)) {
      StateTable.write(writer, state.tensors());
      entry = writer.commit();
    }
    // An entry of an earlier run must never vouch for a table of this one.
    work.delete(name + ENTRY);
    work.publish(name + TABLE, file);
    work.write(name + ENTRY, JSON.writeValueAsBytes(entry));
    List<String> entries = entries();
    for (String old : entries.subList(0, Math.max(0, entries.size() - KEPT))) {
      work.delete(old);
      work.delete(table(old));
    }
  }

  @Override
  public Optional<TrainingState> latest() throws IOException {
    List<String> entries = entries();
    for (int i = entries.size() - 1; i >= 0; i--) {
      Optional<TrainingState> state = read(entries.get(i));
      if (state.isPresent()) {
        return state;
      }
    }
    return Optional.empty();
  }

  private Optional<TrainingState> read(String name) throws IOException {
    FileEntry entry;
    try {
      entry = JSON.readValue(work.read(name).orElseThrow(), FileEntry.class);
    } catch (JsonProcessingException damaged) {
      return Optional.empty();
    }
    Optional<Path> table = work.fetch(table(name));
    if (table.isEmpty()
        || Files.size(table.get()) != entry.bytes()
        || !Sha256.of(table.get()).equals(entry.sha256())) {
      return Optional.empty();
    }
    try (TableReader reader = TableReader.openFile(table.get(), entry)) {
      return Optional.of(new TrainingState(StateTable.read(reader)));
    }
  }

  private List<String> entries() throws IOException {
    return work.list(FOLDER).stream().filter(name -> name.endsWith(ENTRY)).toList();
  }

  private static String table(String entry) {
    return entry.substring(0, entry.length() - ENTRY.length()) + TABLE;
  }
}
