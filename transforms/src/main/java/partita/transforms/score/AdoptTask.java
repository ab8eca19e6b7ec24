package partita.transforms.score;

import java.io.IOException;
import java.util.List;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Takes one role of an artifact that is in the store already, under the role {@link
 * ImageSetIngest#ALL}, or all roles as they are. Blobs are named by content, so nothing is copied.
 *
 * @param actionKey of the artifact
 * @param contentDigest of the artifact, for an action key alone does not say what is in it
 * @param role of images, samples or features; {@link #ALL_ROLES} for the whole artifact
 */
public record AdoptTask(String actionKey, String contentDigest, String role) implements ShardTask {
  /** Stands for every role of an artifact. */
  public static final String ALL_ROLES = "*";

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  /** Bytes are taken as they are. */
  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    Manifest artifact =
        context
            .store()
            .find(actionKey)
            .filter(found -> found.contentDigest().equals(contentDigest))
            .orElseThrow(
                () ->
                    new IOException(
                        "Cannot score artifact %s: it is gone from the store; make it again"
                            .formatted(actionKey)));
    List<FileEntry> files =
        role.equals(ALL_ROLES)
            ? artifact.files()
            : artifact.files(role).stream().map(this::renamed).toList();
    return ShardResult.of(files.toArray(FileEntry[]::new));
  }

  private FileEntry renamed(FileEntry file) {
    return new FileEntry(
        ImageSetIngest.ALL + file.name().substring(role.length()),
        file.sha256(),
        file.bytes(),
        file.rows(),
        file.schema(),
        file.batchCrc32c());
  }
}
