package partita.pipelines.bench;

import java.util.Locale;
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
    return Work.doubles(2 * sizes.get("n") * d * d + 11.0 / 3 * Math.pow(d, 3));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ArrayRows real = rows(order, "real");
    ArrayRows generated = rows(order, "generated");
    NativeThreads.set(order.threads());
    Stopwatch watch = new Stopwatch();
    FrechetDistance found =
        watch.time(() -> FrechetDistance.between(Moments.of(real), Moments.of(generated)));
    return watch.median(Map.of("distance", found.value()));
  }

  static ArrayRows rows(WorkOrder order, String name) throws Exception {
    return new ArrayRows(DumpedArray.open(order, name, "float32").floats(), order.size("d"));
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    double difference = Math.abs(ours.value("distance") / peer.value("distance") - 1);
    return new Answer(
        difference <= TOLERANCE,
        String.format(
            Locale.ROOT, "distances differ by %.1e relative, at most %.0e", difference, TOLERANCE));
  }
}
