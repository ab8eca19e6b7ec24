package partita.transforms.feature;

import partita.models.embed.InputPreparation;
import partita.models.network.EmbeddingNetwork;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;
import partita.transforms.train.SharedNetwork;

/**
 * {@link EmbedTask} by a network that others trained, whose images are prepared otherwise than it
 * is usual for it.
 *
 * @param embed what is embedded
 * @param preparation what the network sees of an image
 */
public record PreparedEmbedTask(EmbedTask embed, InputPreparation preparation)
    implements ShardTask {

  @Override
  public int shards(ShardInputs inputs) {
    return embed.shards(inputs);
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws Exception {
    try (SharedNetwork<EmbeddingNetwork> shared =
        NetworkArtifact.open(context, context.input(EmbedTask.NETWORK), preparation)) {
      return embed.run(shard, context, shared.network());
    }
  }
}
