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
    return add(metric, definition, value, real, generated);
  }

  /**
   * Adds a figure of a part of both sets.
   *
   * @param realRows rows of the reference that it is computed of
   * @param generatedRows rows of the generated set that it is computed of
   */
  Figures add(String metric, String definition, double value, long realRows, long generatedRows) {
    MetricRows figure = naming.rows(definition);
    figure.add(naming.of(metric), value, Double.NaN, realRows, generatedRows);
    all.addAll(figure);
    return this;
  }

  FileEntry write(ShardContext context) throws IOException {
    return all.write(context);
  }
}
