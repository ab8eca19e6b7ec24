package partita.pipelines.bench;

import java.util.Map;
import java.util.Optional;
import partita.models.metric.FrechetDistance;
import partita.models.metric.Moments;
import partita.models.op.NativeThreads;
import partita.models.row.ArrayRows;

/** The Frechet distance of two sets of features from the start, against NumPy and SciPy. */
final class FidBenchmark implements Benchmark {
  private static final double TOLERANCE = 1e-6;

  @Override
  public String name() {
    return "fid";
  }

  @Override
  public String title() {
    return "Frechet distance of two sets of n features of d dimensions, moments included";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return featureSizes(scale);
  }

  /** Features of Inception v3, nearly five times as many as dimensions at any scale. */
  static Map<String, Integer> featureSizes(double scale) {
    int d = (int) Math.max(32, 2_048 * scale);
    return Map.of("n", (int) (10_000L * d / 2_048), "d", d);
  }

  @Override
  public Target target() {
    return Target.ratio(0.35);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(Peer.dumping("NumPy + SciPy", "fid", "scipy", "python3-scipy"));
  }

  /** Half of two scatters, which are symmetric, and the trace as {@link SqrtmBenchmark} has it. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    double d = sizes.get("d");
    return Work.doubles(2 * sizes.get("n") * d * d + 3 * Math.pow(d, 3));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ArrayRows real = DumpedArray.rows(order, "real");
    ArrayRows generated = DumpedArray.rows(order, "generated");
    NativeThreads.set(order.threads());
    Stopwatch watch = new Stopwatch();
    FrechetDistance found =
        watch.time(() -> FrechetDistance.between(Moments.of(real), Moments.of(generated)));
    return watch.median(Map.of("distance", found.value()));
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    return Answer.ofFigure("distance", ours, peer, TOLERANCE);
  }
}
