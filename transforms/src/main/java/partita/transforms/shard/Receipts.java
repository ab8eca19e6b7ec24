package partita.transforms.shard;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.WorkArea;

/** What finished shards wrote, {@code receipts/00003.json} in the action's work area. */
final class Receipts {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What their names begin with. */
  static final String FOLDER = "receipts/";

  private Receipts() {}

  private static String name(int shard) {
    return "%s%05d.json".formatted(FOLDER, shard);
  }

  static void write(WorkArea work, int shard, ShardResult result) throws IOException {
    work.write(name(shard), JSON.writeValueAsBytes(result));
  }

  static Optional<ShardResult> read(WorkArea work, int shard) throws IOException {
    return read(work, name(shard));
  }

  static Optional<ShardResult> read(WorkArea work, String name) throws IOException {
    Optional<byte[]> content = work.read(name);
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(JSON.readValue(content.get(), ShardResult.class));
  }

  /** Whether a shard has a receipt and the store still has every file that it names. */
  static boolean present(WorkArea work, ArtifactStore store, int shard) throws IOException {
    Optional<ShardResult> receipt = read(work, shard);
    if (receipt.isEmpty()) {
      return false;
    }
    for (FileEntry file : receipt.get().files()) {
      try {
        store.blob(file);
      } catch (IOException missing) {
        return false; // a blob that is gone is written again
      }
    }
    return true;
  }
}
