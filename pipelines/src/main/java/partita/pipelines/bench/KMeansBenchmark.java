package partita.pipelines.bench;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import partita.models.cluster.KMeans;
import partita.models.cluster.KMeansResult;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;

/** K-means with its seeding, against faiss's at the same iterations and subsample. */
final class KMeansBenchmark implements Benchmark {
  private static final int ITERATIONS = 20;

  /** Rows that {@link KMeans#of} seeds from, a centroid. */
  private static final int SEED_POINTS = 20;

  private static final long SEED = 1;
  private static final double WORST_OBJECTIVE = 1.01;

  @Override
  public String name() {
    return "kmeans";
  }

  @Override
  public String title() {
    return "k-means of n rows of d dimensions into k clusters, %d iterations, seeding included"
        .formatted(ITERATIONS);
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    int k = (int) Math.max(10, 1_000 * scale);
    return Map.of("n", 60 * k, "d", 512, "k", k);
  }

  @Override
  public Target target() {
    return Target.ratio(1.0);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(Peer.dumping("faiss", "kmeans", "faiss", "python3-faiss"));
  }

  /** The product of all rows and all centroids in each iteration, and of the rows seeded from. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    double rows = ITERATIONS * (double) sizes.get("n");
    double seeding = Math.min(sizes.get("n"), SEED_POINTS * (double) sizes.get("k"));
    return Work.singles(2 * (rows + seeding) * sizes.get("k") * sizes.get("d"));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ArrayRows rows = DumpedArray.rows(order, "x");
    NativeThreads.set(order.threads());
    Stopwatch watch = new Stopwatch();
    KMeansResult result =
        watch.time(() -> KMeans.of(order.size("k"), ITERATIONS, SEED).start(rows).finish());
    return watch.median(Map.of("objective", result.objectives()[ITERATIONS - 1]));
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    double ratio = ours.value("objective") / peer.value("objective");
    return new Answer(
        ratio <= WORST_OBJECTIVE,
        String.format(
            Locale.ROOT,
            "objective %.1f, the peer's %.1f: %.4fx, at most %.2fx",
            ours.value("objective"),
            peer.value("objective"),
            ratio,
            WORST_OBJECTIVE));
  }
}
