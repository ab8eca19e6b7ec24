package partita.pipelines.bench;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import partita.models.neighbor.NeighborGraph;
import partita.models.neighbor.NeighborLists;
import partita.models.neighbor.PairShards;
import partita.models.neighbor.Similarity;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;

/** The exact cosine k-NN graph, against faiss's flat index. */
final class KnnBenchmark implements Benchmark {
  /** Similarities whose float32 sums were added in another order differ by this at most. */
  private static final float TIE = 2e-6f;

  @Override
  public String name() {
    return "knn";
  }

  @Override
  public String title() {
    return "exact cosine k-NN graph of n rows of d dimensions, k neighbors each";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", (int) Math.max(200, 60_000 * scale), "d", 512, "k", 50);
  }

  @Override
  public Target target() {
    return Target.ratio(0.7);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(Peer.dumping("faiss", "knn", "faiss", "python3-faiss"));
  }

  /** A graph is symmetric: half of the products are enough. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    double n = sizes.get("n");
    return Work.singles(n * n * sizes.get("d"));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ArrayRows rows = DumpedArray.rows(order, "x");
    NativeThreads.set(1);
    Stopwatch watch = new Stopwatch();
    NeighborLists found =
        watch.time(
            () ->
                NeighborGraph.of(
                    rows,
                    Similarity.COSINE,
                    order.size("k"),
                    PairShards.BLOCK_ROWS,
                    order.threads()));
    return watch.median(order.compare() ? differences(rows, found, order) : Map.of());
  }

  /**
   * Compares rank by rank with faiss, which counts a row among its own neighbors. Another neighbor
   * than faiss's is a tie only if its similarity, computed here once more, is that of faiss's.
   */
  private static Map<String, Double> differences(
      ArrayRows rows, NeighborLists found, WorkOrder order) throws IOException {
    int k = order.size("k");
    long[] peerIds = DumpedArray.open(order, "ids", "int64").longs();
    float[] peerSimilarities = DumpedArray.open(order, "similarities", "float32").floats();
    long same = 0;
    long ties = 0;
    long wrong = 0;
    for (int row = 0; row < order.size("n"); row++) {
      int theirs = row * (k + 1);
      for (int ours = row * k; ours < (row + 1) * k; ours++, theirs++) {
        if (peerIds[theirs] == row) {
          theirs++;
        }
        if (found.ids()[ours] == peerIds[theirs]) {
          same++;
        } else if (Math.abs(cosine(rows, row, found.ids()[ours]) - peerSimilarities[theirs])
            <= TIE) {
          ties++;
        } else {
          wrong++;
        }
      }
    }
    return Map.of(
        "ids.same", (double) same, "ids.ties", (double) ties, "ids.wrong", (double) wrong);
  }

  private static double cosine(ArrayRows rows, int a, int b) {
    FloatBuffer x = FloatBuffer.allocate(rows.width());
    FloatBuffer y = FloatBuffer.allocate(rows.width());
    rows.read(a, 1, x);
    rows.read(b, 1, y);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < rows.width(); i++) {
      xy += (double) x.get(i) * y.get(i);
      xx += (double) x.get(i) * x.get(i);
      yy += (double) y.get(i) * y.get(i);
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    double wrong = ours.value("ids.wrong");
    return new Answer(
        wrong == 0,
        String.format(
            Locale.ROOT,
            "%,.0f neighbors are the same, %,.0f are ties within %.0e, %,.0f are others",
            ours.value("ids.same"),
            ours.value("ids.ties"),
            TIE,
            wrong));
  }
}
