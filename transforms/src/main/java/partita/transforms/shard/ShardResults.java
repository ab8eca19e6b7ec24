package partita.transforms.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.WorkArea;

/** Puts the results of a stage's shards together. */
public final class ShardResults {

  private ShardResults() {}

  /**
   * Reads the receipts of shards {@code 0 .. shards - 1}: files in shard order, counts summed.
   *
   * @throws IOException when a shard has left no receipt
   */
  public static ShardResult collect(WorkArea work, int shards) throws IOException {
    List<FileEntry> files = new ArrayList<>();
    Map<String, Long> counts = new TreeMap<>();
    for (int shard = 0; shard < shards; shard++) {
      int number = shard + 1;
      ShardResult result =
          Receipts.read(work, shard)
              .orElseThrow(
                  () ->
                      new IOException(
                          "Cannot collect results: shard %d of %d left no receipt; run the stage again"
                              .formatted(number, shards)));
      files.addAll(result.files());
      result.counts().forEach((name, count) -> counts.merge(name, count, Math::addExact));
    }
    return new ShardResult(files, counts);
  }

  /** Files that receipts in a work area name: of shards that are done while others are not. */
  public static List<FileEntry> files(WorkArea work) throws IOException {
    List<FileEntry> files = new ArrayList<>();
    for (String name : work.list(Receipts.FOLDER)) {
      Receipts.read(work, name).ifPresent(receipt -> files.addAll(receipt.files()));
    }
    return files;
  }

  /** How many of the shards have left a receipt. */
  public static int finished(WorkArea work, int shards) throws IOException {
    int finished = 0;
    for (int shard = 0; shard < shards; shard++) {
      if (Receipts.read(work, shard).isPresent()) {
        finished++;
      }
    }
    return finished;
  }
}
