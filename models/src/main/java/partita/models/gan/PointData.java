package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import partita.models.op.OwnMemory;
import partita.models.train.Position;

/** Points in the plane; nothing augments them. */
public final class PointData implements RealData {
  private final float[] points;

  /**
   * @param points x and y of each point in turn
   */
  public PointData(float[] points) {
    if (points.length == 0 || points.length % MlpNetworks.POINT != 0) {
      throw new IllegalArgumentException(
          "Cannot train on points: found %d coordinates, expected two for each of at least one point"
              .formatted(points.length));
    }
    this.points = points.clone();
  }

  @Override
  public long rows() {
    return points.length / MlpNetworks.POINT;
  }

  @Override
  public List<Integer> shape() {
    return List.of(MlpNetworks.POINT);
  }

  @Override
  public NDArray augmented(NDManager manager, long[] rows, Position position) {
    return plain(manager, rows);
  }

  @Override
  public NDArray plain(NDManager manager, long[] rows) {
    float[] chosen = new float[rows.length * MlpNetworks.POINT];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(
          points,
          Math.toIntExact(rows[i] * MlpNetworks.POINT),
          chosen,
          i * MlpNetworks.POINT,
          MlpNetworks.POINT);
    }
    return OwnMemory.of(manager, chosen, new Shape(rows.length, MlpNetworks.POINT));
  }
}
