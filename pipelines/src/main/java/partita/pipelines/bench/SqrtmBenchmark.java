package partita.pipelines.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import partita.models.metric.TraceOfRoot;
import partita.models.op.NativeThreads;

/** The trace of the matrix square root inside the Frechet distance, against SciPy's sqrtm. */
final class SqrtmBenchmark implements Benchmark {
  private static final double TOLERANCE = 1e-6;

  @Override
  public String name() {
    return "sqrtm";
  }

  @Override
  public String title() {
    return "trace of the square root of the product of two covariances [d, d] of n rows, float64";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return FidBenchmark.featureSizes(scale);
  }

  @Override
  public Target target() {
    return Target.ratio(0.3);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(Peer.dumping("SciPy", "sqrtm", "scipy", "python3-scipy"));
  }

  /**
   * A Cholesky factor (1/3 d^3), a product with a triangle on both sides (4/3 d^3) and the
   * reduction of a symmetric matrix to block tridiagonal form (4/3 d^3).
   */
  @Override
  public Work work(Map<String, Integer> sizes) {
    return Work.doubles(3 * Math.pow(sizes.get("d"), 3));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    double[] c1 = DumpedArray.open(order, "c1", "float64").doubles();
    double[] c2 = DumpedArray.open(order, "c2", "float64").doubles();
    Shape shape = new Shape(order.size("d"), order.size("d"));
    NativeThreads.set(order.threads());
    Stopwatch watch = new Stopwatch();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray first = manager.create(c1).reshape(shape);
      NDArray second = manager.create(c2).reshape(shape);
      double trace = watch.time(() -> TraceOfRoot.of(first, second));
      return watch.median(Map.of("trace", trace));
    }
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    return Answer.ofFigure("trace", ours, peer, TOLERANCE);
  }
}
