package partita.models.cluster;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.FloatBuffer;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import partita.models.row.ArrayRows;
import partita.models.row.Operand;
import partita.models.row.Precision;
import partita.models.row.RowTile;
import partita.models.row.RowTiles;

/**
 * The nearest of K centroids, exactly: a fast product screens ({@link Screen}), and squared
 * distances added in float64 in one order decide among what is left; of equals the smaller index
 * wins. So the result depends on neither tile, thread, engine nor instruction set. Safe for use by
 * several threads.
 */
final class NearestCentroid implements AutoCloseable {
  /** With more candidates a row than this, a product of more bits is cheaper. */
  private static final int MANY = 16;

  private final float[] centroids;
  private final int width;
  private final RowTiles tiles = new RowTiles(1);
  private final RowTile tile;
  private final boolean[] repeated;
  private final Screen screen;
  private @Nullable Screen wide;
  private final AtomicInteger narrowTiles = new AtomicInteger();
  private final AtomicInteger crowdedTiles = new AtomicInteger();

  /**
   * @param centroids {@code [K, D]}
   * @param center what is subtracted of bfloat16 operands, {@code [D]}
   * @param precision of the operands that are going to be assigned
   * @throws IllegalArgumentException when a value is NaN or infinite
   */
  NearestCentroid(float[] centroids, float[] center, Precision precision) {
    this.centroids = centroids;
    this.width = center.length;
    int count = centroids.length / width;
    tile = tiles.open((count + Screen.BLOCK - 1) / Screen.BLOCK * Screen.BLOCK, width);
    try {
      tile.load(new ArrayRows(centroids, width), 0, count);
      repeated = repeated(count);
      screen = precision == Precision.FLOAT32 ? wide() : narrow(center);
    } catch (RuntimeException e) {
      tiles.close();
      throw e;
    }
  }

  /**
   * Assigns the rows of a tile.
   *
   * @param operand the same rows for the product, in the precision given before
   * @param nearest receives the indices from {@code offset} on
   * @param distances receives the squared distances from {@code offset} on
   */
  void assign(RowTile rows, Operand operand, int[] nearest, float[] distances, int offset) {
    try (NDManager scope = rows.array().getManager().newSubManager()) {
      Decision decision = new Decision(rows, nearest, distances, offset);
      if (operand.precision() == Precision.FLOAT32) {
        decision.run(screen.scores(scope, operand), Long.MAX_VALUE);
      } else if (crowded() || !narrowDecides(scope, operand, decision)) {
        decision.run(wide().scores(scope, Operand.exact(rows)), Long.MAX_VALUE);
      }
    }
  }

  private boolean narrowDecides(NDManager scope, Operand operand, Decision decision) {
    narrowTiles.incrementAndGet();
    boolean decided =
        decision.run(screen.scores(scope, operand), (long) MANY * decision.rows.count());
    if (!decided) {
      crowdedTiles.incrementAndGet();
    }
    return decided;
  }

  /**
   * Whether trying bfloat16 first has been in vain for most tiles, as for rows without clusters.
   */
  private boolean crowded() {
    return 2 * crowdedTiles.get() > narrowTiles.get();
  }

  /** Decides among the candidates of each row. */
  private final class Decision {
    private final RowTile rows;
    private final int[] nearest;
    private final float[] distances;
    private final int offset;
    private final int[] candidates = new int[repeated.length];
    private final float[] vector = new float[width];

    Decision(RowTile rows, int[] nearest, float[] distances, int offset) {
      this.rows = rows;
      this.nearest = nearest;
      this.distances = distances;
      this.offset = offset;
    }

    /** Whether there were not more than {@code most} candidates; if not, it breaks off. */
    boolean run(Screen.Scores scores, long most) {
      long seen = 0;
      for (int i = 0; i < rows.count(); i++) {
        int found = scores.candidates(i, candidates);
        seen += found;
        if (seen > most) {
          return false;
        }
        rows.copy(i, vector, 0);
        decide(found, offset + i);
      }
      return true;
    }

    private void decide(int found, int row) {
      double least = Double.POSITIVE_INFINITY;
      for (int i = 0; i < found; i++) {
        double distance = squaredDistance(vector, candidates[i] * width);
        if (distance < least) {
          least = distance;
          nearest[row] = candidates[i];
        }
      }
      distances[row] = (float) least;
    }
  }

  private double squaredDistance(float[] vector, int from) {
    // Four partial sums, so that the additions need not wait for each other.
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 3 < width; j += 4) {
      double da = (double) vector[j] - centroids[from + j];
      double db = (double) vector[j + 1] - centroids[from + j + 1];
      double dc = (double) vector[j + 2] - centroids[from + j + 2];
      double dd = (double) vector[j + 3] - centroids[from + j + 3];
      a += da * da;
      b += db * db;
      c += dc * dc;
      d += dd * dd;
    }
    for (; j < width; j++) {
      double da = (double) vector[j] - centroids[from + j];
      a += da * da;
    }
    return (a + b) + (c + d);
  }

  private Screen narrow(float[] center) {
    NDManager manager = tile.array().getManager();
    try (NDArray shift = manager.create(center)) {
      return new Screen(manager, Operand.narrow(manager, tile, shift), halves(center));
    }
  }

  private synchronized Screen wide() {
    Screen made = wide;
    if (made == null) {
      NDManager manager = tile.array().getManager();
      made = new Screen(manager, Operand.exact(tile), halves(new float[width]));
      wide = made;
    }
    return made;
  }

  /** Half the squared distance of each centroid from the center; infinite for what cannot win. */
  private double[] halves(float[] center) {
    double[] halves = new double[tile.capacity()];
    for (int c = 0; c < halves.length; c++) {
      halves[c] =
          c >= repeated.length || repeated[c]
              ? Double.POSITIVE_INFINITY
              : squaredDistance(center, c * width) / 2;
    }
    return halves;
  }

  /** Which centroids equal an earlier one, to which every tie goes. */
  private boolean[] repeated(int count) {
    boolean[] repeated = new boolean[count];
    TreeSet<FloatBuffer> seen = new TreeSet<>();
    for (int c = 0; c < count; c++) {
      repeated[c] = !seen.add(FloatBuffer.wrap(centroids, c * width, width));
    }
    return repeated;
  }

  @Override
  public void close() {
    tiles.close();
  }
}
