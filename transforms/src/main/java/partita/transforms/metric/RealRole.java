package partita.transforms.metric;

import java.util.List;
import partita.schemas.artifact.Manifest;
import partita.transforms.dataset.IngestTask;

/** Which split of real data a ceiling is taken from. */
final class RealRole {
  private RealRole() {}

  /**
   * {@code validation} if it has enough rows, else {@code train}.
   *
   * @param unit what the rows are, {@code points}
   * @throws IllegalArgumentException when neither has
   */
  static String of(Manifest real, int rows, String unit) {
    for (String role : List.of(IngestTask.VALIDATION, IngestTask.TRAIN)) {
      if (real.rows(role) >= rows) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "Cannot score %,d real %s: artifact %s has %,d for validation and %,d for training; ingest more or score fewer"
            .formatted(
                rows,
                unit,
                real.stage(),
                real.rows(IngestTask.VALIDATION),
                real.rows(IngestTask.TRAIN)));
  }
}
