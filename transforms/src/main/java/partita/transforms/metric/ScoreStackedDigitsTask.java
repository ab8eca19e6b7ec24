package partita.transforms.metric;

import java.io.IOException;
import java.util.List;
import partita.schemas.table.SampleTable;
import partita.schemas.table.TableReader;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;

/**
 * Counts the modes of generated stacked digits. Reads {@code samples} ({@link SampleTable}, role
 * {@code samples}) to its last row and {@code network}, a classifier of gray digits at the samples'
 * resolution, trained by a stage; writes the role {@code metrics}: {@code modes} of 1,000, {@code
 * reverse-kl(ln)}, {@code reverse-kl(log10)} (both to the uniform distribution over modes), and
 * {@code accuracy}, the classifier's on its validation digits.
 *
 * @param network name of the classifier, {@code mnist-classifier}
 * @param batch images classified at a time
 * @param sampleSeed seed the images were drawn with
 */
public record ScoreStackedDigitsTask(String network, int batch, long sampleSeed)
    implements MetricTask {

  public ScoreStackedDigitsTask {
    StackedDigitsCeilingTask.requireBatch(batch);
  }

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public List<String> metrics() {
    return StackedDigitScores.NAMES;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    try (TableReader samples = context.open(EvaluateTask.SAMPLES, EvaluateTask.SAMPLES)) {
      StackedDigitScores scores = new StackedDigitScores(context, network, batch);
      return ShardResult.of(scores.generated(samples, sampleSeed).write(context));
    }
  }
}
