package partita.transforms.metric;

import java.io.IOException;
import partita.models.metric.ClusterAgreement;
import partita.schemas.artifact.FileEntry;
import partita.transforms.shard.ShardContext;

/**
 * The figures of one round of clustering, as {@link ClusterAgreement} defines them: {@code
 * nmi(previous)} to the clusters of the round before; to the true classes {@code nmi(truth)}
 * (arithmetic), {@code nmi-geometric(truth)}, {@code purity(truth)} (by clusters) and {@code
 * purity-classes(truth)} (by classes). Without a previous round or classes theirs are absent.
 */
public final class ClusterRows {
  /** Protocol of the written rows. */
  public static final String PROTOCOL = "clusters";

  private final int[] clusters;
  private final MetricRows rows = new MetricRows(-1, "", PROTOCOL);

  /**
   * Starts without figures.
   *
   * @param clusters {@code [N]}, 0 or more
   */
  public ClusterRows(int[] clusters) {
    this.clusters = clusters.clone();
  }

  /**
   * Adds what the round before tells.
   *
   * @param previous its clusters of the same rows, {@code [N]}
   */
  public ClusterRows previous(int[] previous) {
    add("nmi(previous)", ClusterAgreement.of(clusters, previous).nmiArithmetic());
    return this;
  }

  /**
   * Adds what the true classes tell.
   *
   * @param classes of the same rows, {@code [N]}
   * @throws IllegalArgumentException when a class is -1, which means unknown
   */
  public ClusterRows truth(int[] classes) {
    ClusterAgreement truth = ClusterAgreement.of(clusters, classes);
    add("nmi(truth)", truth.nmiArithmetic());
    add("nmi-geometric(truth)", truth.nmiGeometric());
    add("purity(truth)", truth.purityByClusters());
    add("purity-classes(truth)", truth.purityByClasses());
    return this;
  }

  /** Writes the shard's file of the role {@code metrics}. */
  public FileEntry write(ShardContext context) throws IOException {
    return rows.write(context);
  }

  private void add(String metric, double value) {
    rows.add(metric, value, Double.NaN, clusters.length, 0);
  }
}
