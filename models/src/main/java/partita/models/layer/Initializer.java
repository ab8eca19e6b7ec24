package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
    return (manager, shape, random) -> normals(manager, shape, random).muli(std);
  }

  /** Uniform in [-bound, bound). */
  static Initializer uniform(double bound) {
    return (manager, shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.uniform(0, 0, i) - 1) * bound);
      }
      return manager.create(values, shape);
    };
  }

  private static NDArray normals(NDManager manager, Shape shape, CounterRandom random) {
    float[] values = new float[Math.toIntExact(shape.size())];
    random.normals(0, 0, values, 0, values.length);
    return manager.create(values, shape);
  }
}
