package partita.transforms.feature;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import partita.models.embed.PretrainedWeights;
import partita.models.network.Architecture;
import partita.models.weights.WeightFile;
import partita.schemas.artifact.FileEntry;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Takes over the weights of a network that others trained, out of the raw input {@code file}, which
 * {@code torch.save} wrote. Writes {@code weights} (float32) with their {@code signature}.
 *
 * @param network architecture with the number of classes that the file has
 */
public record ImportWeightsTask(Architecture network) implements ShardTask {
  /** Raw input: the file. */
  public static final String FILE = "file";

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  /** Numbers are taken over as they are. */
  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    try (WeightFile file = WeightFile.open(Path.of(context.inputs().file(FILE)))) {
      return ShardResult.of(
          NetworkArtifact.write(context, network, PretrainedWeights.read(file, network))
              .toArray(FileEntry[]::new));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
