package partita.models.row;

import java.nio.FloatBuffer;

/**
 * Another source with each row divided by its L2 norm as it is read. The inner product of two such
 * rows is their cosine similarity. A zero row has no direction and stays zero: its cosine to every
 * row is 0.
 */
public final class NormalizedRows implements RowSource {
  private final RowSource source;

  public NormalizedRows(RowSource source) {
    this.source = source;
  }

  @Override
  public long rows() {
    return source.rows();
  }

  @Override
  public int width() {
    return source.width();
  }

  /**
   * @throws IllegalArgumentException when a value is NaN or infinite; names the row
   */
  @Override
  public void read(long row, int count, FloatBuffer target) {
    int start = target.position();
    source.read(row, count, target);
    float[] vector = new float[width()];
    for (int i = 0; i < count; i++) {
      int position = start + i * vector.length;
      target.get(position, vector);
      double norm = Math.sqrt(SquaredNorm.of(vector, row + i));
      if (norm > 0) {
        scale(vector, 1 / norm);
        target.put(position, vector);
      }
    }
  }

  private static void scale(float[] vector, double factor) {
    for (int j = 0; j < vector.length; j++) {
      vector[j] = (float) (vector[j] * factor);
    }
  }
}
