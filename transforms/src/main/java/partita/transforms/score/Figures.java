package partita.transforms.score;

import java.io.IOException;
import partita.schemas.artifact.FileEntry;
import partita.transforms.metric.MetricRows;
import partita.transforms.shard.ShardContext;

/** Figures of one comparison, each with the definition that is printed with it. */
public final class Figures {
  private final Naming naming;
  private final long real;
  private final long generated;
  private final MetricRows all;

  /**
   * Starts without figures.
   *
   * @param real rows of the reference, 0 when it takes no part
   * @param generated rows of the generated set
   */
  Figures(Naming naming, long real, long generated) {
    this.naming = naming;
    this.real = real;
    this.generated = generated;
    this.all = naming.rows("");
  }

  /** Adds a figure without deviation. */
  Figures add(String metric, String definition, double value) {
    return add(metric, definition, value, generated);
  }

  /**
   * Adds a figure of a part of the generated set.
   *
   * @param rows that it is computed of
   */
  Figures add(String metric, String definition, double value, long rows) {
    MetricRows figure = naming.rows(definition);
    figure.add(naming.of(metric), value, Double.NaN, real, rows);
    all.addAll(figure);
    return this;
  }

  FileEntry write(ShardContext context) throws IOException {
    return all.write(context);
  }
}
