package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.layer.Initializer;
import partita.models.layer.Layer;

/** y = x w, with a buffer that counts the passes. */
final class ToyLayer extends Layer {
  private final NDArray weight;
  private final NDArray passes;

  ToyLayer(NDManager manager, int in, int out) {
    super(manager);
    weight = parameter("weight", new Shape(in, out), Initializer.normal(0.5));
    passes = buffer("passes", new Shape(1), Initializer.ZEROS);
  }

  NDArray forward(NDArray x) {
    passes.addi(1);
    return x.matMul(weight);
  }
}
