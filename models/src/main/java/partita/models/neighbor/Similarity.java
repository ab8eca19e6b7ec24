package partita.models.neighbor;

import partita.models.row.NormalizedRows;
import partita.models.row.RowSource;

/** What "near" means. */
public enum Similarity {
  /** Cosine of the angle between two rows, in [-1, 1]; 0 when either row is zero. */
  COSINE,
  /** Negated squared L2 distance, at most 0. */
  EUCLIDEAN;

  /** The rows whose inner products the similarity is computed from. */
  RowSource prepare(RowSource rows) {
    return this == COSINE ? new NormalizedRows(rows) : rows;
  }
}
