package partita.transforms.metric;

import java.io.IOException;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * The metrics of {@link ScoreStackedDigitsTask} for real images: what a perfect generator would
 * score on as many, with the same classifier. Reads {@code real} ({@link ImageTable}), of it the
 * first images of the role {@code validation} if there are enough, else of {@code train}, and
 * {@code network}; writes the role {@code metrics} with a protocol that starts with {@code
 * real-images}.
 *
 * @param network name of the classifier, {@code mnist-classifier}
 * @param images how many to score, as many as of the generated ones
 * @param batch images classified at a time
 */
public record StackedDigitsCeilingTask(String network, int images, int batch) implements ShardTask {
  /** What the protocol of the written rows starts with. */
  public static final String REAL_IMAGES = "real-images";

  public StackedDigitsCeilingTask {
    requireBatch(batch);
    if (images < 1) {
      throw new IllegalArgumentException(
          "Cannot score %d real images: expected at least 1".formatted(images));
    }
  }

  static void requireBatch(int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "Cannot classify %d images at a time: expected at least 1".formatted(batch));
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException, InterruptedException {
    String role = RealRole.of(context.input(EvaluateTask.REAL), images, "images");
    try (TableReader real = context.open(EvaluateTask.REAL, role)) {
      StackedDigitScores scores = new StackedDigitScores(context, network, batch);
      return ShardResult.of(scores.real(real, images).write(context));
    }
  }
}
