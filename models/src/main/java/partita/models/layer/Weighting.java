package partita.models.layer;

/**
 * How a layer with a weight is set up.
 *
 * @param initializer first value of the weight
 * @param spectral whether the weight is divided by an estimate of its largest singular value at use
 * @param bias whether a bias is added, drawn from U(-b, b) with b = 1 / sqrt(fan-in)
 */
public record Weighting(Initializer initializer, boolean spectral, boolean bias) {
  /** Orthogonal and spectrally normalized, with bias: BigGAN's layers. */
  public static final Weighting SPECTRAL = new Weighting(Initializer.orthogonal(), true, true);

  /** As torch sets up its layers where nothing else is said: uniform by the fan-in, with bias. */
  public static final Weighting TORCH = new Weighting(Initializer.fanIn(), false, true);

  /** He-normal, with bias. */
  public static final Weighting PLAIN = new Weighting(Initializer.he(), false, true);

  /** The same without bias. */
  public Weighting withoutBias() {
    return new Weighting(initializer, spectral, false);
  }
}
