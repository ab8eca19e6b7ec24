package partita.pipelines.report;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.TableReader;

/** The clusters of the training rows that the samples of a round belong to. */
final class RoundClusters {
  /** Cluster of a row that has none. */
  static final int NONE = -1;

  private static final String ASSIGNMENTS = "assignments";

  private RoundClusters() {}

  /** The assignments that samples were made with, whose clusters the labels of the samples name. */
  static Optional<RunTables.Table> of(RunTables tables, RunTables.Table samples) {
    return tables.upstream(samples, AssignmentTable.NAME, ASSIGNMENTS);
  }

  /**
   * The cluster of each training row, {@link #NONE} where its id was not assigned.
   *
   * @param ids of the training rows, in their order
   */
  static int[] read(RunTables tables, Optional<RunTables.Table> assignments, long[] ids)
      throws IOException {
    int[] clusters = new int[ids.length];
    Arrays.fill(clusters, NONE);
    if (assignments.isPresent()) {
      try (TableReader reader = tables.open(assignments.get())) {
        long[] assigned = reader.longs(AssignmentTable.ID);
        int[] found = reader.ints(AssignmentTable.CLUSTER);
        // Assignments are in the order of the rows they are of; ids tell when they are not.
        for (int row = 0; row < Math.min(ids.length, assigned.length); row++) {
          clusters[row] = assigned[row] == ids[row] ? found[row] : NONE;
        }
      }
    }
    return clusters;
  }
}
