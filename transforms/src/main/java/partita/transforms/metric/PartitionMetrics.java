package partita.transforms.metric;

import java.io.IOException;
import java.util.Optional;
import partita.models.metric.ClusterAgreement;
import partita.schemas.artifact.FileEntry;
import partita.transforms.shard.ShardContext;

/**
 * How much a partition agrees with the one before and with the true classes (Liu et al., CVPR 2020,
 * Table 5 and section 4.6): {@code nmi(previous)}, {@code nmi(truth)}, {@code
 * nmi-geometric(truth)}, {@code purity(truth)} and {@code purity-classes(truth)}, see {@link
 * ClusterAgreement}.
 */
public final class PartitionMetrics {
  private static final String PROTOCOL = "all training rows";

  private PartitionMetrics() {}

  /**
   * Writes the role {@code metrics}.
   *
   * @param labels cluster of each row
   * @param before cluster of each row in the round before
   * @param truth true class of each row
   */
  public static FileEntry write(
      ShardContext context, int[] labels, Optional<int[]> before, Optional<int[]> truth)
      throws IOException {
    MetricRows rows = new MetricRows(-1, "", PROTOCOL);
    before.ifPresent(
        clusters ->
            add(
                rows,
                "nmi(previous)",
                ClusterAgreement.of(labels, clusters).nmiArithmetic(),
                labels));
    truth.ifPresent(
        classes -> {
          ClusterAgreement agreement = ClusterAgreement.of(labels, classes);
          add(rows, "nmi(truth)", agreement.nmiArithmetic(), labels);
          add(rows, "nmi-geometric(truth)", agreement.nmiGeometric(), labels);
          add(rows, "purity(truth)", agreement.purityByClusters(), labels);
          add(rows, "purity-classes(truth)", agreement.purityByClasses(), labels);
        });
    return MetricRows.write(context, rows.rows());
  }

  private static void add(MetricRows rows, String metric, double value, int[] labels) {
    rows.add(metric, value, Double.NaN, labels.length, 0);
  }
}
