package partita.transforms.metric;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;
import partita.schemas.table.TableWriter;
import partita.transforms.shard.ShardContext;

/** Rows of a {@link MetricTable} of one seed, network and protocol. */
public final class MetricRows {
  /** Role of every table of metrics. */
  public static final String METRICS = "metrics";

  private static final int ROWS_PER_BATCH = 1024;

  private final List<Row> rows = new ArrayList<>();
  private final long seed;
  private final String network;
  private final String protocol;

  /** One row, as {@link MetricTable} describes it. */
  record Row(
      String metric,
      long seed,
      double value,
      double std,
      long realCount,
      long generatedCount,
      String network,
      String protocol) {}

  /**
   * Starts without rows.
   *
   * @param seed seed of the samples, -1 when there is none
   * @param network name and digest of the network, empty when none is used
   * @param protocol name of the protocol
   */
  public MetricRows(long seed, String network, String protocol) {
    this.seed = seed;
    this.network = network;
    this.protocol = protocol;
  }

  /**
   * Adds a figure, in the units and with the counts that {@link MetricTable} describes.
   *
   * @param std over splits or seeds, NaN when there is one
   */
  public void add(String metric, double value, double std, long realCount, long generatedCount) {
    rows.add(new Row(metric, seed, value, std, realCount, generatedCount, network, protocol));
  }

  /** Adds the figures of another network or protocol. */
  public void addAll(MetricRows other) {
    rows.addAll(other.rows);
  }

  List<Row> rows() {
    return rows;
  }

  static List<Row> read(TableReader table) throws IOException {
    long[] seeds = table.longs(MetricTable.SEED);
    double[] values = table.doubles(MetricTable.VALUE);
    double[] stds = table.doubles(MetricTable.STD);
    long[] realCounts = table.longs(MetricTable.REAL_COUNT);
    long[] generatedCounts = table.longs(MetricTable.GENERATED_COUNT);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      rows.add(
          new Row(
              table.text(MetricTable.METRIC, i),
              seeds[i],
              values[i],
              stds[i],
              realCounts[i],
              generatedCounts[i],
              table.text(MetricTable.NETWORK, i),
              table.text(MetricTable.PROTOCOL, i)));
    }
    return rows;
  }

  /** Writes the rows so far as the shard's file of the role {@link #METRICS}. */
  public FileEntry write(ShardContext context) throws IOException {
    return write(context, rows);
  }

  static FileEntry write(ShardContext context, List<Row> rows) throws IOException {
    try (TableWriter writer = context.writer(METRICS, MetricTable.schema(), ROWS_PER_BATCH)) {
      writer.append(
          rows.size(),
          rows.stream().map(Row::metric).toList(),
          rows.stream().mapToLong(Row::seed).toArray(),
          rows.stream().mapToDouble(Row::value).toArray(),
          rows.stream().mapToDouble(Row::std).toArray(),
          rows.stream().mapToLong(Row::realCount).toArray(),
          rows.stream().mapToLong(Row::generatedCount).toArray(),
          rows.stream().map(Row::network).toList(),
          rows.stream().map(Row::protocol).toList());
      return writer.commit();
    }
  }
}
