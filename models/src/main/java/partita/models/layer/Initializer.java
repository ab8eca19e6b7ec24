package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.OwnMemory;
import partita.models.random.CounterRandom;

/**
 * How a parameter or buffer starts: a pure function of its shape and the randomness of its name.
 */
@FunctionalInterface
public interface Initializer {
  Initializer ZEROS = (manager, shape, random) -> manager.zeros(shape);
  Initializer ONES = (manager, shape, random) -> manager.ones(shape);

  /** The first value of an array of {@code shape}; it belongs to {@code manager}. */
  NDArray create(NDManager manager, Shape shape, CounterRandom random);

  /** Normal with mean 0. */
  static Initializer normal(double std) {
    return (manager, shape, random) -> normals(manager, shape, random, std);
  }

  /** Uniform in [-bound, bound). */
  static Initializer uniform(double bound) {
    return (manager, shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.uniform(0, 0, i) - 1) * bound);
      }
      return OwnMemory.of(manager, values, shape);
    };
  }

  /**
   * Uniform in [-b, b) with b = 1 / sqrt(fan-in), which is what torch's linear and convolutional
   * layers start from. The fan-in is the size of the dimensions after the first.
   */
  static Initializer fanIn() {
    return (manager, shape, random) ->
        uniform(1 / Math.sqrt(shape.slice(1).size())).create(manager, shape, random);
  }

  /** Normal with standard deviation sqrt(2 / fan-in): He et al. 2015, for ReLU networks. */
  static Initializer he() {
    return (manager, shape, random) ->
        normals(manager, shape, random, Math.sqrt(2.0 / shape.slice(1).size()));
  }

  /**
   * Orthonormal rows (or columns, if there are fewer of them) of the array seen as a matrix {@code
   * [first dimension, all others]}: Saxe et al., "Exact solutions to the nonlinear dynamics of
   * learning in deep linear neural networks", ICLR 2014.
   */
  static Initializer orthogonal() {
    return Orthogonal::create;
  }

  /** Independent normals of mean 0 in an array of {@code shape}. */
  private static NDArray normals(NDManager manager, Shape shape, CounterRandom random, double std) {
    float[] values = new float[Math.toIntExact(shape.size())];
    random.normals(0, 0, values, 0, values.length);
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) std;
    }
    return OwnMemory.of(manager, values, shape);
  }
}
