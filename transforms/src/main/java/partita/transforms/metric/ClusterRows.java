package partita.transforms.metric;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
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

  private static final String PREVIOUS = "nmi(previous)";

  private static final List<String> TRUTH =
      List.of("nmi(truth)", "nmi-geometric(truth)", "purity(truth)", "purity-classes(truth)");

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
   * Names of all figures of clusters.
   *
   * @param truth whether they are compared with true classes
   */
  public static List<String> names(boolean truth) {
    return Stream.concat(Stream.of(PREVIOUS), truth ? TRUTH.stream() : Stream.of()).toList();
  }

  /**
   * Adds what the round before tells.
   *
   * @param previous its clusters of the same rows, {@code [N]}
   */
  public ClusterRows previous(int[] previous) {
    add(PREVIOUS, ClusterAgreement.of(clusters, previous).nmiArithmetic());
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
    add(TRUTH.get(0), truth.nmiArithmetic());
    add(TRUTH.get(1), truth.nmiGeometric());
    add(TRUTH.get(2), truth.purityByClusters());
    add(TRUTH.get(3), truth.purityByClasses());
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
