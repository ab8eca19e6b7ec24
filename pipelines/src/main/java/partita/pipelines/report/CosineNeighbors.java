package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;

/**
 * The rows most similar to a few queries by exhaustive search in plain Java: a report must not wait
 * for the native engine to load.
 */
final class CosineNeighbors {
  private CosineNeighbors() {}

  /** A row and its cosine similarity, -1 .. 1. */
  record Neighbor(int row, double similarity) {}

  /**
   * Finds the {@code k} nearest rows of each query, nearest first, ties by row.
   *
   * @param features {@code [N, D]}, not normalized
   * @param queries {@code [Q, D]}, not normalized
   */
  static List<List<Neighbor>> of(float[] features, float[][] queries, int k) {
    List<List<Neighbor>> nearest = new ArrayList<>();
    for (float[] query : queries) {
      if (features.length % query.length != 0) {
        throw new IllegalArgumentException(
            "Cannot compare: %,d numbers are no rows of the query's %,d"
                .formatted(features.length, query.length));
      }
      nearest.add(nearest(features, query, k));
    }
    return nearest;
  }

  private static List<Neighbor> nearest(float[] features, float[] query, int k) {
    double length = Math.sqrt(dot(query, 0, query));
    List<Neighbor> nearest = new ArrayList<>();
    for (int row = 0; row < features.length / query.length; row++) {
      double norm = length * norm(features, row * query.length, query.length);
      double similarity = norm > 0 ? dot(features, row * query.length, query) / norm : 0;
      if (nearest.size() < k || similarity > nearest.get(k - 1).similarity()) {
        insert(nearest, new Neighbor(row, similarity));
        if (nearest.size() > k) {
          nearest.remove(k);
        }
      }
    }
    return nearest;
  }

  private static void insert(List<Neighbor> nearest, Neighbor added) {
    int at = nearest.size();
    while (at > 0 && nearest.get(at - 1).similarity() < added.similarity()) {
      at--;
    }
    nearest.add(at, added);
  }

  private static double dot(float[] values, int from, float[] other) {
    double sum = 0;
    for (int i = 0; i < other.length; i++) {
      sum += values[from + i] * other[i];
    }
    return sum;
  }

  private static double norm(float[] values, int from, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += values[from + i] * values[from + i];
    }
    return Math.sqrt(sum);
  }
}
