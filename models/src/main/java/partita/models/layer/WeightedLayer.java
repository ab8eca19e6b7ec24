package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;

/**
 * A layer around one weight {@code [outputs, ...]}, spectrally normalized if its {@link Weighting}
 * says so. Names: {@code weight}, {@code bias} {@code [outputs]}, and for spectral normalization
 * the buffers {@code u0} {@code [1, outputs]} and {@code sv0} {@code [1]}.
 */
abstract class WeightedLayer extends Layer {
  private final Function<Mode, NDArray> weight;
  private final List<NDArray> bias;

  WeightedLayer(NDManager manager, Weighting weighting, Shape shape) {
    super(manager);
    NDArray raw = parameter("weight", shape, weighting.initializer());
    bias = weighting.bias() ? List.of(declareBias(shape)) : List.of();
    weight = weighting.spectral() ? declareSpectralNorm(raw)::normalized : mode -> raw;
  }

  /** The weight as it multiplies the input. */
  final NDArray weight(Mode mode) {
    return weight.apply(mode);
  }

  /** The bias as a list of one, or none. */
  final List<NDArray> bias() {
    return bias;
  }

  private NDArray declareBias(Shape shape) {
    double bound = 1 / Math.sqrt(shape.slice(1).size());
    return parameter("bias", new Shape(shape.get(0)), Initializer.uniform(bound));
  }

  private SpectralNorm declareSpectralNorm(NDArray raw) {
    long outputs = raw.getShape().get(0);
    return new SpectralNorm(
        raw,
        buffer("u0", new Shape(1, outputs), Initializer.normal(1)),
        buffer("sv0", new Shape(1), Initializer.ONES));
  }
}
