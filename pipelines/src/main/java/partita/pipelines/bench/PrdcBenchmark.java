package partita.pipelines.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import partita.models.metric.Manifold;
import partita.models.metric.Prdc;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;

/** Precision, recall, density and coverage, against all distances by scikit-learn. */
final class PrdcBenchmark implements Benchmark {
  /** The recipe's own distances are float32: pairs at a radius may fall on its other side. */
  private static final double SAMPLES = 3;

  private static final double MOST_BYTES = 2e9;
  private static final List<String> FIGURES = List.of("precision", "recall", "density", "coverage");

  @Override
  public String name() {
    return "prdc";
  }

  @Override
  public String title() {
    return "precision, recall, density and coverage of two sets of n features of d dimensions";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", (int) Math.max(100, 10_000 * scale), "d", 2_048, "k", 5);
  }

  @Override
  public Target target() {
    return Target.ratio(0.3);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(Peer.dumping("scikit-learn", "prdc", "sklearn", "python3-sklearn"));
  }

  /** Half of the distances within each set, all of those between. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    double n = sizes.get("n");
    return Work.singles(4 * n * n * sizes.get("d"));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ArrayRows real = DumpedArray.rows(order, "real");
    ArrayRows generated = DumpedArray.rows(order, "generated");
    NativeThreads.set(order.threads());
    int k = order.size("k");
    Stopwatch watch = new Stopwatch();
    Prdc found = watch.time(() -> Prdc.of(Manifold.of(real, k), Manifold.of(generated, k)));
    return watch.median(
        Map.of(
            "n", (double) order.size("n"),
            "precision", found.precision(),
            "recall", found.recall(),
            "density", found.density(),
            "coverage", found.coverage()));
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    double most = 0;
    for (String figure : FIGURES) {
      most = Math.max(most, Math.abs(ours.value(figure) - peer.value(figure)));
    }
    return new Answer(
        most * ours.value("n") <= SAMPLES && ours.peakBytes() < MOST_BYTES,
        String.format(
            Locale.ROOT,
            "figures differ by %.1e, at most %.0f samples; ours took %,.0f MB, at most %,.0f",
            most,
            SAMPLES,
            ours.peakBytes() / 1e6,
            MOST_BYTES / 1e6));
  }
}
