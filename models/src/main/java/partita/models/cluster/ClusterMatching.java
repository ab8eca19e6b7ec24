package partita.models.cluster;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;

/**
 * Which old cluster each new one continues (Liu et al., "Diverse image generation via
 * self-conditioned GANs", CVPR 2020, equation 3): the permutation that minimizes the number of rows
 * that leave their cluster, found by the Hungarian algorithm. Generator and discriminator can then
 * go on with what they learned of each label.
 */
final class ClusterMatching {
  private ClusterMatching() {}

  /**
   * Matches clusters.
   *
   * @param found new cluster of each row, in [0, k)
   * @param old old cluster of each row, in [0, k)
   * @return for each old cluster the new one that continues it, a permutation of [0, k)
   */
  static int[] match(int[] found, int[] old, int k) {
    int[][] shared = overlaps(found, old, k);
    int[] sizes = Arrays.stream(shared).mapToInt(row -> Arrays.stream(row).sum()).toArray();
    Graph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    // In the order of their numbers, so that of several best matchings the same is found.
    Set<Integer> olds = vertices(0, k);
    Set<Integer> news = vertices(k, 2 * k);
    olds.forEach(graph::addVertex);
    news.forEach(graph::addVertex);
    for (int o = 0; o < k; o++) {
      for (int n = 0; n < k; n++) {
        graph.setEdgeWeight(graph.addEdge(o, k + n), sizes[o] - shared[o][n]);
      }
    }
    int[] continued = new int[k];
    new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, olds, news)
        .getMatching()
        .getEdges()
        .forEach(edge -> continued[graph.getEdgeSource(edge)] = graph.getEdgeTarget(edge) - k);
    return continued;
  }

  private static Set<Integer> vertices(int from, int to) {
    return IntStream.range(from, to).boxed().collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Rows that an old (first index) and a new cluster have in common. */
  private static int[][] overlaps(int[] found, int[] old, int k) {
    int[][] shared = new int[k][k];
    for (int row = 0; row < found.length; row++) {
      shared[old[row]][found[row]]++;
    }
    return shared;
  }
}
