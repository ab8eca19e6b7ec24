package partita.transforms.metric;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import partita.models.metric.Repetitions;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableReader;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

/**
 * Figures over several seeds: for each metric, network and protocol in the role {@code metrics} of
 * any number of inputs, one row with the mean and the sample standard deviation (n - 1) over the
 * seeds, and the smallest counts. A figure that exists once is passed on as it is.
 */
public record SummarizeTask() implements ShardTask {

  /** Rows that are repetitions of each other. */
  private record Figure(String metric, String network, String protocol)
      implements Comparable<Figure> {
    private static final Comparator<Figure> ORDER =
        Comparator.comparing(Figure::metric)
            .thenComparing(Figure::network)
            .thenComparing(Figure::protocol);

    @Override
    public int compareTo(Figure other) {
      return ORDER.compare(this, other);
    }
  }

  @Override
  public int shards(ShardInputs inputs) {
    return 1;
  }

  @Override
  public boolean numeric() {
    return false;
  }

  @Override
  public ShardResult run(int shard, ShardContext context) throws IOException {
    TreeMap<Figure, List<MetricRows.Row>> figures = new TreeMap<>();
    for (Manifest input : new TreeMap<>(context.inputs().artifacts()).values()) {
      try (TableReader table =
          TableReader.open(context.store(), input, MetricRows.METRICS)
              .expect(MetricTable.schema())) {
        for (MetricRows.Row row : MetricRows.read(table)) {
          Figure figure = new Figure(row.metric(), row.network(), row.protocol());
          figures.computeIfAbsent(figure, absent -> new ArrayList<>()).add(row);
        }
      }
    }
    List<MetricRows.Row> summary = figures.values().stream().map(SummarizeTask::summary).toList();
    return ShardResult.of(MetricRows.write(context, summary));
  }

  private static MetricRows.Row summary(List<MetricRows.Row> seeds) {
    MetricRows.Row first = seeds.get(0);
    if (seeds.size() == 1) {
      return first;
    }
    Repetitions repetitions =
        Repetitions.of(seeds.stream().mapToDouble(MetricRows.Row::value).toArray());
    return new MetricRows.Row(
        first.metric(),
        -1,
        repetitions.mean(),
        repetitions.std(),
        seeds.stream().mapToLong(MetricRows.Row::realCount).min().orElseThrow(),
        seeds.stream().mapToLong(MetricRows.Row::generatedCount).min().orElseThrow(),
        first.network(),
        first.protocol());
  }
}
