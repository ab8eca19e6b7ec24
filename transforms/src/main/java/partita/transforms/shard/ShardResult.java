package partita.transforms.shard;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import partita.schemas.artifact.FileEntry;

/**
 * What a shard wrote.
 *
 * @param files its files, already in the store
 * @param counts numbers that the artifact's manifest sums over shards, {@code images.skipped}
 */
public record ShardResult(List<FileEntry> files, Map<String, Long> counts) implements Serializable {

  public ShardResult {
    files = List.copyOf(files);
    counts = Map.copyOf(counts);
  }

  public static ShardResult of(FileEntry... files) {
    return new ShardResult(List.of(files), Map.of());
  }
}
