package partita.transforms.gan;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import partita.models.network.BigGanConfig;
import partita.models.random.CounterRandom;
import partita.transforms.shard.ShardContext;

/** What each sample of a generator is conditioned on, a function of the seed and its number. */
@FunctionalInterface
interface SampleConditions extends AutoCloseable {
  /** In place of an instance or a class, where there is none. */
  int NONE = -1;

  /**
   * The conditions of some samples.
   *
   * @param instances file id of each sample's instance, or {@link #NONE}
   * @param labels class of each sample, or {@link #NONE}
   * @param features of the instances, row-major, empty without instances
   */
  record Batch(long[] instances, int[] labels, float[] features) {

    /** The labels as a network takes them: empty without classes. */
    long[] classes() {
      return Arrays.stream(labels).filter(label -> label != NONE).asLongStream().toArray();
    }
  }

  /** The conditions of samples {@code first .. first + count - 1}. */
  Batch of(long first, int count) throws IOException;

  @Override
  default void close() {}

  /** The conditions that a network needs; for classes alone each is drawn uniformly. */
  static SampleConditions open(ShardContext context, BigGanConfig network) throws IOException {
    CounterRandom random = new CounterRandom(context.seed(), "sample.label");
    if (network.featureWidth() > 0) {
      return new InstanceConditions(context, network, random);
    }
    return (first, count) -> {
      int[] labels = new int[count];
      Arrays.setAll(labels, i -> random.below(network.classes(), 0, first + i, 0));
      long[] none = LongStream.generate(() -> NONE).limit(count).toArray();
      return new Batch(none, labels, new float[0]);
    };
  }
}
