package partita.transforms.train;

import java.io.IOException;
import java.util.List;
import partita.models.train.LossCurve;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.CurveTable;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;

/** Loss curves as a table. */
public final class CurveRows {
  private static final int ROWS_PER_BATCH = 4096;

  private CurveRows() {}

  /** Writes points to the role {@code curve}. */
  public static FileEntry write(ShardContext context, List<LossCurve.Point> points)
      throws IOException {
    try (TableWriter writer = context.writer("curve", CurveTable.schema(), ROWS_PER_BATCH)) {
      long[] steps = points.stream().mapToLong(LossCurve.Point::step).toArray();
      List<String> series = points.stream().map(LossCurve.Point::series).toList();
      double[] values = points.stream().mapToDouble(LossCurve.Point::value).toArray();
      writer.append(points.size(), steps, series, values);
      return writer.commit();
    }
  }
}
