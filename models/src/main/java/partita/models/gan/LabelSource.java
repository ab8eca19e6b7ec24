package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import partita.models.row.RowSource;
import partita.models.train.Follower;

/**
 * Where the labels of real samples come from. Those of a batch are what its fake samples are
 * conditioned on too, so that clusters are sampled by their size.
 */
public interface LabelSource {

  /** Number of labels k, 0 without. */
  int labels();

  /**
   * Labels of a batch, called once a step, before its updates and with gradients recorded.
   *
   * @param live the discriminator that is trained
   * @return int64 {@code [N]} in [0, k)
   */
  NDArray of(RealBatch batch, LabelDiscriminator live);

  /**
   * Refuses data that it has no labels for.
   *
   * @param rows number of rows of the data
   */
  default void requireRows(long rows) {}

  /** What changes after each step and is saved with the training. */
  default List<Follower> followers() {
    return List.of();
  }

  /** Scalars for the curve. */
  default Map<String, NDArray> watched() {
    return Map.of();
  }

  /** No labels: for networks that need none. */
  static LabelSource none() {
    return new NoLabels();
  }

  /**
   * A label for each row of the data: clusters it was assigned to, or true classes.
   *
   * @param labels by row
   * @param k number of labels
   * @throws IllegalArgumentException when a label is outside of [0, k)
   */
  static LabelSource fixed(int[] labels, int k) {
    return new FixedLabels(labels, k);
  }

  /** Uniformly random labels, drawn anew in each step: the ablation of the paper's Table 1. */
  static LabelSource random(int k, long seed) {
    return new RandomLabels(k, seed);
  }

  /**
   * The nearest centroid in the features that {@code frozen} gives of the augmented batch, as the
   * authors' code labels it: {@code frozen} is a copy of D as it was when it clustered.
   *
   * @param frozen holds its weights already
   * @param centroids {@code [k, featureWidth]}
   */
  static LabelSource frozen(LabelDiscriminator frozen, RowSource centroids) {
    return new FrozenLabels(frozen, centroids);
  }

  /**
   * The nearest of centroids that move with the features of the discriminator that is trained. See
   * {@link OnlineClusters}.
   *
   * @param manager owns the centroids
   * @param centroids where they begin unless a restored state has them, {@code [k, featureWidth]}
   * @param sizes points in each cluster, from which its step size goes on
   * @param starvedSteps a cluster without a point in so many steps is reseeded
   */
  static LabelSource online(
      NDManager manager, RowSource centroids, long[] sizes, long starvedSteps) {
    return new OnlineClusters(manager, centroids, sizes, starvedSteps);
  }
}
