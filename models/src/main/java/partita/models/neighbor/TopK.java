package partita.models.neighbor;

/**
 * The {@code k} best candidates of one query, kept in a binary heap with the worst on top. Higher
 * scores win; of equal scores the smaller id wins, so the result does not depend on the order of
 * the offers.
 */
final class TopK {
  private final int[] ids;
  private final float[] scores;
  private int size;

  TopK(int k) {
    ids = new int[k];
    scores = new float[k];
  }

  /** Candidates below this score cannot enter: one compare rejects almost all of them. */
  float threshold() {
    return size < scores.length ? Float.NEGATIVE_INFINITY : scores[0];
  }

  void offer(int id, float score) {
    if (size < scores.length) {
      place(size++, id, score);
    } else if (worse(ids[0], scores[0], id, score)) {
      sink(0, size, id, score);
    }
  }

  /** Moves the candidates out, best first; the heap is empty afterwards. */
  void drain(int[] targetIds, float[] targetScores, int offset) {
    while (size > 0) {
      size--;
      targetIds[offset + size] = ids[0];
      targetScores[offset + size] = scores[0];
      sink(0, size, ids[size], scores[size]);
    }
  }

  /** Whether candidate a ranks after candidate b. */
  private static boolean worse(int idA, float scoreA, int idB, float scoreB) {
    return scoreA < scoreB || (scoreA == scoreB && idA > idB);
  }

  private void place(int slot, int id, float score) {
    while (slot > 0) {
      int parent = (slot - 1) / 2;
      if (!worse(id, score, ids[parent], scores[parent])) {
        break;
      }
      ids[slot] = ids[parent];
      scores[slot] = scores[parent];
      slot = parent;
    }
    ids[slot] = id;
    scores[slot] = score;
  }

  private void sink(int slot, int end, int id, float score) {
    while (2 * slot + 1 < end) {
      int child = 2 * slot + 1;
      if (child + 1 < end && worse(ids[child + 1], scores[child + 1], ids[child], scores[child])) {
        child++;
      }
      if (!worse(ids[child], scores[child], id, score)) {
        break;
      }
      ids[slot] = ids[child];
      scores[slot] = scores[child];
      slot = child;
    }
    ids[slot] = id;
    scores[slot] = score;
  }
}
