package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import partita.models.layer.Mode;
import partita.models.op.Gradients;
import partita.models.op.TorchScript;
import partita.models.row.RowSource;
import partita.models.train.Follower;
import partita.models.train.NamedTensor;
import partita.models.train.Saved;
import partita.models.train.TensorRole;

/**
 * Clusters that move while the discriminator is trained (Liu et al., section 3; mini-batch k-means
 * of Bottou and Bengio, "Convergence properties of the k-means algorithms", NIPS 1994). A batch is
 * labeled with the features that D gives before the step's updates; after them each point of the
 * batch, assigned anew in the features of then, moves its centroid by 1 / count towards itself.
 *
 * <p>Counts begin at 0, as in the authors' code, so that centroids catch up with features that have
 * changed since the last clustering: were they to go on from the cluster sizes, centroids would lag
 * behind and merge. A centroid that remembers at most {@code memory} points counts no further;
 * without a limit, as in the code, it stands still in the end, while the features go on. Another
 * deviation from that code: a cluster that no point has come to for {@code starvedSteps} steps
 * begins anew at the point of the batch that is farthest from its centroid; the code leaves it
 * where it is.
 */
public final class OnlineClusters implements LabelSource, Follower {
  /** Saved centroids: float64 {@code [k, featureWidth]}. */
  public static final String CENTROIDS = "centroids";

  /** Points that have moved each centroid: int64 {@code [k]}. */
  public static final String COUNTS = "counts";

  /** Steps since a point last came to each cluster: int64 {@code [k]}. */
  public static final String UNSEEN = "unseen";

  /** Clusters reseeded so far: float32, a single value. Watched as {@code clusters.reseeded}. */
  public static final String RESEEDED = "reseeded";

  private static final TorchScript OPS =
      new TorchScript(
          """
            def move(self: __torch__.Ops, features: Tensor, centroids: Tensor, counts: Tensor, unseen: Tensor, reseeded: Tensor, memory: int, starved_steps: int) -> Tensor:
              f = torch.to(features, 7)
              lengths = torch.sum(torch.square(centroids), 1)
              nearness, labels = torch.min(torch.addmm(lengths, f, torch.t(centroids), beta=1, alpha=-2), 1)
              arrived = torch.one_hot(labels, torch.size(centroids, 0))
              points = torch.sum(arrived, [0])
              _0 = torch.add_(counts, points)
              change = torch.sub(torch.mm(torch.to(torch.t(arrived), 7), f), torch.mul(torch.unsqueeze(points, 1), centroids))
              remembered = torch.maximum(torch.clamp(counts, 1, memory), points)
              _1 = torch.add_(centroids, torch.div(change, torch.unsqueeze(remembered, 1)))
              _2 = torch.mul_(torch.add_(unseen, 1), torch.eq(points, 0))
              starved = torch.flatten(torch.nonzero(torch.ge(unseen, starved_steps)))
              count = ops.prim.min([torch.size(starved, 0), torch.size(f, 0)])
              if torch.gt(count, 0):
                far = torch.topk(torch.add(nearness, torch.sum(torch.square(f), 1)), count)[1]
                chosen = torch.narrow(starved, 0, 0, count)
                _3 = torch.index_copy_(centroids, 0, chosen, torch.index_select(f, 0, far))
                _4 = torch.index_fill_(counts, 0, chosen, 1)
                _5 = torch.index_fill_(unseen, 0, chosen, 0)
                _6 = torch.add_(reseeded, count)
              return reseeded
          """);

  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private final NDArray centroids;
  private final NDArray reseeded;
  private final long memory;
  private final long starvedSteps;

  /** What the step labeled, until the centroids have followed it. */
  private @Nullable Labeled labeled;

  private record Labeled(NDArray samples, LabelDiscriminator live) {}

  /**
   * Clusters that begin as another partition left them, unless a restored state has them.
   *
   * @param manager owns the centroids
   * @param centroids {@code [k, featureWidth]}
   * @param memory a centroid counts so many points at most, and so moves by 1 / memory in the end
   * @param starvedSteps a cluster without a point in so many steps is reseeded
   */
  public OnlineClusters(NDManager manager, RowSource centroids, long memory, long starvedSteps) {
    if (memory < 1) {
      throw new IllegalArgumentException(
          "Cannot move centroids that remember %d points: expected at least 1".formatted(memory));
    }
    if (starvedSteps < 1) {
      throw new IllegalArgumentException(
          "Cannot reseed clusters after %d steps without a point: expected at least 1"
              .formatted(starvedSteps));
    }
    this.memory = memory;
    this.starvedSteps = starvedSteps;
    this.centroids = CentroidArray.of(manager, centroids);
    this.reseeded = manager.zeros(new Shape(), DataType.FLOAT32);
    arrays.put(CENTROIDS, this.centroids);
    arrays.put(COUNTS, manager.zeros(new Shape(labels()), DataType.INT64));
    arrays.put(UNSEEN, manager.zeros(new Shape(labels()), DataType.INT64));
    arrays.put(RESEEDED, reseeded);
    arrays.values().forEach(NDScope::unregister);
  }

  @Override
  public int labels() {
    return Math.toIntExact(centroids.getShape().get(0));
  }

  @Override
  public NDArray of(RealBatch batch, LabelDiscriminator live) {
    NDArray samples = batch.samples().duplicate();
    NDScope.unregister(samples);
    labeled = new Labeled(samples, live);
    try (Gradients.Recording paused = Gradients.pause()) {
      return CentroidArray.nearest(live.features(samples, Mode.EVALUATION), centroids);
    }
  }

  @Override
  public List<Follower> followers() {
    return List.of(this);
  }

  @Override
  public Map<String, NDArray> watched() {
    return Map.of("clusters.reseeded", reseeded);
  }

  @Override
  public void update(long step) {
    if (labeled == null) {
      throw new IllegalStateException("Cannot move centroids: step " + step + " labeled no batch");
    }
    try (Gradients.Recording paused = Gradients.pause();
        NDArray samples = labeled.samples();
        NDArray features = labeled.live().features(samples, Mode.EVALUATION)) {
      OPS.run(
              features.getManager(),
              "move",
              features,
              centroids,
              arrays.get(COUNTS),
              arrays.get(UNSEEN),
              reseeded,
              memory,
              starvedSteps)
          .close();
    }
    labeled = null;
  }

  @Override
  public List<NamedTensor> state() {
    List<NamedTensor> tensors = new ArrayList<>();
    arrays.forEach((name, array) -> tensors.add(NamedTensor.of(TensorRole.CLUSTER, name, array)));
    return tensors;
  }

  /** A state without clusters is that of the warm-up: the centroids begin as they were given. */
  @Override
  public void restore(Saved saved) {
    if (arrays.keySet().stream().anyMatch(name -> saved.has(TensorRole.CLUSTER, name))) {
      arrays.forEach((name, array) -> saved.take(TensorRole.CLUSTER, name).copyTo(array));
    }
  }
}
