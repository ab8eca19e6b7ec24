package partita.models.metric;

import java.util.Arrays;

/**
 * How well clusters agree with classes (Liu et al., "Diverse image generation via self-conditioned
 * GANs", CVPR 2020, section 4.5, Table 5). With I the mutual information and H the entropy of the
 * two labelings:
 *
 * <ul>
 *   <li><b>NMI</b>, arithmetic: {@code 2 I / (H(clusters) + H(classes))}, the paper's formula and
 *       scikit-learn's default since 0.22; geometric: {@code I / sqrt(H(clusters) H(classes))}, its
 *       default before. 1 when both labelings have a single label, 0 when only one has, as in
 *       scikit-learn.
 *   <li><b>purity by clusters</b>, the paper's formula: {@code 1/N} sum over clusters of the
 *       largest class in it; <b>by classes</b>, what the authors' code computes, which swaps the
 *       arguments ({@code purity_score(y_preds, y_reals)} in {@code cluster_metrics.py}): {@code
 *       1/N} sum over classes of the largest cluster in it.
 * </ul>
 *
 * <p>The published figures of random clusterings into 100 (section 4.5) tell which is which; ours
 * are means over draws, {@code +-} what one draw varies, for class sizes with the published total,
 * smallest and largest class ({@code RandomClusteringTest} says how):
 *
 * <table>
 * <caption>Random clusterings</caption>
 * <tr><td></td><td>ImageNet</td><td>published</td><td>Places365</td><td>published</td></tr>
 * <tr><td>NMI, arithmetic</td><td>.00680 +- .00003</td><td></td><td>.00191</td><td>.0019</td></tr>
 * <tr><td>NMI, geometric</td><td>.00694 +- .00003</td><td>.0069</td><td>.00193</td><td>.0019</td>
 * </tr>
 * <tr><td>purity by clusters</td><td>.0020</td><td></td><td>.0040</td><td></td></tr>
 * <tr><td>purity by classes</td><td>.01766 +- .00004</td><td>.0176</td><td>.01375</td><td>.0137
 * </td></tr>
 * </table>
 *
 * So the published purities are those by classes, not the formula printed beside them; the
 * published NMI of ImageNet is the geometric one, although the formula printed is the arithmetic
 * one; Places365 cannot tell the two apart.
 *
 * @param nmiArithmetic 0 to 1
 * @param nmiGeometric 0 to 1, at least the arithmetic one
 * @param purityByClusters above 0 to 1
 * @param purityByClasses above 0 to 1
 */
public record ClusterAgreement(
    double nmiArithmetic, double nmiGeometric, double purityByClusters, double purityByClasses) {

  /**
   * The agreement of two labelings of the same things; labels are names, and may be missing between
   * others.
   *
   * @param clusters {@code [N]}, each 0 or more
   * @param classes {@code [N]}, each 0 or more
   * @throws IllegalArgumentException when the counts differ, nothing is labeled or a label is
   *     negative, which means unknown
   */
  public static ClusterAgreement of(int[] clusters, int[] classes) {
    if (clusters.length != classes.length || clusters.length == 0) {
      throw new IllegalArgumentException(
          "Cannot compare clusters with classes: found %d and %d labels, expected as many of both and at least one"
              .formatted(clusters.length, classes.length));
    }
    long[] byCluster = pairs("cluster", clusters, classes);
    long[] byClass = pairs("class", classes, clusters);
    double ofClusters = entropy(byCluster, Integer.SIZE);
    double ofClasses = entropy(byClass, Integer.SIZE);
    double information = Math.max(0, ofClusters + ofClasses - entropy(byCluster, 0));
    return new ClusterAgreement(
        normalized(information, (ofClusters + ofClasses) / 2, ofClusters, ofClasses),
        normalized(information, Math.sqrt(ofClusters * ofClasses), ofClusters, ofClasses),
        purity(byCluster),
        purity(byClass));
  }

  private static double normalized(
      double information, double normalizer, double ofClusters, double ofClasses) {
    if (ofClusters == 0 || ofClasses == 0) {
      return ofClusters == ofClasses ? 1 : 0;
    }
    return Math.min(1, information / normalizer);
  }

  /** One number a thing, its first label above its second, in ascending order. */
  private static long[] pairs(String what, int[] first, int[] second) {
    long[] pairs = new long[first.length];
    for (int i = 0; i < pairs.length; i++) {
      if (first[i] < 0) {
        throw new IllegalArgumentException(
            "Cannot compare clusters with classes: the %s of row %d is %d, expected 0 or more; leave out rows whose %s is unknown"
                .formatted(what, i, first[i], what));
      }
      pairs[i] = (long) first[i] << Integer.SIZE | second[i];
    }
    Arrays.sort(pairs);
    return pairs;
  }

  /** {@code -sum p ln p} over the runs of equal numbers, their lowest bits left out. */
  private static double entropy(long[] sorted, int ignoredBits) {
    double sum = 0;
    for (int start = 0, end; start < sorted.length; start = end) {
      end = end(sorted, start, ignoredBits);
      int count = end - start;
      sum += count * Math.log((double) sorted.length / count);
    }
    return sum / sorted.length;
  }

  /** Share of the things that have the most frequent second label of their first label. */
  private static double purity(long[] sorted) {
    long pure = 0;
    for (int start = 0, end; start < sorted.length; start = end) {
      end = end(sorted, start, Integer.SIZE);
      int largest = 0;
      for (int from = start, to; from < end; from = to) {
        to = end(sorted, from, 0);
        largest = Math.max(largest, to - from);
      }
      pure += largest;
    }
    return (double) pure / sorted.length;
  }

  private static int end(long[] sorted, int start, int ignoredBits) {
    int end = start + 1;
    while (end < sorted.length && sorted[end] >> ignoredBits == sorted[start] >> ignoredBits) {
      end++;
    }
    return end;
  }
}
