package partita.pipelines.bench;

/** A benchmark could not be measured; its message says which and why. */
public final class BenchmarkFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchmarkFailedException(String message) {
    super(message);
  }
}
