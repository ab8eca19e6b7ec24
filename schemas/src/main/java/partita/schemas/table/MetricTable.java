package partita.schemas.table;

import java.util.List;

/**
 * Values of metrics, one a row.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>metric</td><td>UTF8</td><td>{@code fid(fashion-classifier)}; a bare {@code fid} only with
 * the official network</td></tr>
 * <tr><td>seed</td><td>INT64</td><td>seed of the samples, -1 for a row over several seeds</td></tr>
 * <tr><td>value</td><td>FLOAT64</td><td>in the metric's own unit; the mean over its splits or seeds
 * </td></tr>
 * <tr><td>std</td><td>FLOAT64</td><td>standard deviation over splits or seeds, NaN when there is one
 * </td></tr>
 * <tr><td>realCount</td><td>INT64</td><td>real images or points compared, 0 when none are</td></tr>
 * <tr><td>generatedCount</td><td>INT64</td><td>generated images or points compared</td></tr>
 * <tr><td>network</td><td>UTF8</td><td>name and digest of the network, empty when none is used</td>
 * </tr>
 * <tr><td>protocol</td><td>UTF8</td><td>name of the protocol</td></tr>
 * </table>
 */
public final class MetricTable {
  public static final String NAME = "metrics";
  public static final String METRIC = "metric";
  public static final String SEED = "seed";
  public static final String VALUE = "value";
  public static final String STD = "std";
  public static final String REAL_COUNT = "realCount";
  public static final String GENERATED_COUNT = "generatedCount";
  public static final String NETWORK = "network";
  public static final String PROTOCOL = "protocol";

  private MetricTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(METRIC, ElementType.UTF8),
            Column.scalar(SEED, ElementType.INT64),
            Column.scalar(VALUE, ElementType.FLOAT64),
            Column.scalar(STD, ElementType.FLOAT64),
            Column.scalar(REAL_COUNT, ElementType.INT64),
            Column.scalar(GENERATED_COUNT, ElementType.INT64),
            Column.scalar(NETWORK, ElementType.UTF8),
            Column.scalar(PROTOCOL, ElementType.UTF8)));
  }
}
