package partita.transforms.metric;

import java.util.List;
import partita.transforms.shard.ShardTask;

/** A task that writes the role {@code metrics}, and knows before it runs what they are called. */
public interface MetricTask extends ShardTask {

  /** Names of all metrics that it may write. */
  List<String> metrics();
}
