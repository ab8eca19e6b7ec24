package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import partita.models.train.Position;

/** Remembers how many points each batch took. */
final class CountedPoints implements RealData {
  final List<Integer> batches = new ArrayList<>();
  private final PointData points;

  CountedPoints(PointData points) {
    this.points = points;
  }

  @Override
  public long rows() {
    return points.rows();
  }

  @Override
  public List<Integer> shape() {
    return points.shape();
  }

  @Override
  public NDArray augmented(NDManager manager, long[] rows, Position position) {
    batches.add(rows.length);
    return points.augmented(manager, rows, position);
  }

  @Override
  public NDArray plain(NDManager manager, long[] rows) {
    return points.plain(manager, rows);
  }
}
