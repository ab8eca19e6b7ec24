package partita.models.gan;

import ai.djl.ndarray.NDArray;
import partita.models.layer.Mode;
import partita.models.op.Gradients;
import partita.models.row.RowSource;

/**
 * The nearest centroid in the features that a discriminator gives of the augmented batch, as the
 * authors' code labels it: a copy of D as it was when it clustered, not trained any more.
 */
public final class FrozenClusters implements LabelSource {
  private final LabelDiscriminator frozen;
  private final NDArray centroids;

  /**
   * Clusters of a copy.
   *
   * @param frozen holds its weights already
   * @param centroids {@code [k, featureWidth]}
   */
  public FrozenClusters(LabelDiscriminator frozen, RowSource centroids) {
    this.frozen = frozen;
    this.centroids = CentroidArray.of(frozen.manager(), centroids);
  }

  @Override
  public int labels() {
    return Math.toIntExact(centroids.getShape().get(0));
  }

  @Override
  public NDArray of(RealBatch batch, LabelDiscriminator live) {
    try (Gradients.Recording paused = Gradients.pause()) {
      return CentroidArray.nearest(frozen.features(batch.samples(), Mode.EVALUATION), centroids);
    }
  }
}
