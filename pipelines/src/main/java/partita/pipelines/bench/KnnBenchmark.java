package partita.pipelines.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import partita.models.neighbor.ExactNeighbors;
import partita.models.neighbor.NeighborLists;
import partita.models.neighbor.Similarity;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;

/** The exact cosine k-NN graph, against faiss's flat index. */
final class KnnBenchmark implements Benchmark {
  private static final int QUERY_ROWS = 2048;
  private static final int TILE_ROWS = 4096;

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
    float[] rows = DumpedArray.open(order, "x", "float32").floats();
    NativeThreads.set(1);
    Stopwatch watch = new Stopwatch();
    List<NeighborLists> found = watch.time(() -> search(rows, order));
    return watch.median(order.compare() ? differences(found, order) : Map.of());
  }

  /** As the stage does it: shards side by side, one native thread each. */
  private static List<NeighborLists> search(float[] rows, WorkOrder order) throws Exception {
    ExactNeighbors neighbors =
        ExactNeighbors.graph(
            new ArrayRows(rows, order.size("d")),
            Similarity.COSINE,
            order.size("k"),
            QUERY_ROWS,
            TILE_ROWS);
    ExecutorService workers = Executors.newFixedThreadPool(order.threads());
    try {
      List<Future<NeighborLists>> shards = new ArrayList<>();
      for (int first = 0; first < order.size("n"); first += QUERY_ROWS) {
        int from = first;
        int count = Math.min(QUERY_ROWS, order.size("n") - first);
        shards.add(
            workers.submit(
                () -> {
                  NativeThreads.set(1);
                  return neighbors.search(from, count);
                }));
      }
      List<NeighborLists> found = new ArrayList<>();
      for (Future<NeighborLists> shard : shards) {
        found.add(shard.get());
      }
      return found;
    } finally {
      workers.shutdown();
    }
  }

  /** Compares rank by rank with faiss, which counts a row among its own neighbors. */
  private static Map<String, Double> differences(List<NeighborLists> found, WorkOrder order)
      throws IOException {
    int k = order.size("k");
    long[] peerIds = DumpedArray.open(order, "ids", "int64").longs();
    float[] peerSimilarities = DumpedArray.open(order, "similarities", "float32").floats();
    long same = 0;
    long ties = 0;
    long wrong = 0;
    for (NeighborLists lists : found) {
      for (int i = 0; i < lists.queries(); i++) {
        long row = lists.first() + i;
        int theirs = Math.toIntExact(row * (k + 1));
        for (int j = 0; j < k; j++, theirs++) {
          if (peerIds[theirs] == row) {
            theirs++;
          }
          int ours = i * k + j;
          if (lists.ids()[ours] == peerIds[theirs]) {
            same++;
          } else if (Math.abs(lists.similarities()[ours] - peerSimilarities[theirs]) <= TIE) {
            ties++;
          } else {
            wrong++;
          }
        }
      }
    }
    return Map.of(
        "ids.same", (double) same, "ids.ties", (double) ties, "ids.wrong", (double) wrong);
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
