package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Activation;
import partita.models.op.Pooling;

/**
 * A network of two numbered rows, {@code features} and {@code classifier}, without normalization. A
 * layer that ends with ReLU is named by the number of the ReLU, one after that of its arrays.
 */
abstract class PlainConvNet extends PretrainedNetwork {
  private static final int COLORS = 3;

  private int next;
  private int channels = COLORS;

  PlainConvNet(NDManager manager, int classes) {
    super(manager, classes);
  }

  /** Adds a convolution with bias and its ReLU to the features. */
  final void convolution(int out, Window window) {
    FrozenConv2d convolution =
        child(
            "features." + next,
            new FrozenConv2d(manager(), channels, out, window, Weighting.PLAIN));
    next++;
    feature(out, convolution::rectified);
  }

  /** Adds a block with ReLU within to the features. */
  final void fire(int squeezed, int expanded) {
    Fire fire = child("features." + next, new Fire(manager(), channels, squeezed, expanded));
    feature(2 * expanded, fire::forward);
  }

  /** Adds a pooling to the features. */
  final void pool(UnaryOperator<NDArray> pooling) {
    feature(channels, pooling);
  }

  private void feature(int out, UnaryOperator<NDArray> operation) {
    step("features." + next, out, operation);
    next++;
    channels = out;
  }

  /**
   * Ends the features with {@code avgpool}, their means over a grid, and adds the three linear
   * layers that follow where there are classes.
   *
   * @param first number of the first linear layer; those of the others are 3 and 6
   */
  final void classifier(int grid, int first) {
    step("avgpool", channels, x -> Pooling.grid(x, grid));
    if (classes() > 0) {
      int hidden = 4096;
      linear(first, channels * grid * grid, hidden);
      linear(first + 3, hidden, hidden);
      Linear last =
          child("classifier.6", new Linear(manager(), hidden, classes(), Weighting.PLAIN));
      step("classifier.6", classes(), x -> last.forward(x, Mode.EVALUATION));
    }
  }

  private void linear(int index, int in, int out) {
    Linear linear = child("classifier." + index, new Linear(manager(), in, out, Weighting.PLAIN));
    step(
        "classifier." + (index + 1),
        out,
        x -> Activation.reluInPlace(linear.forward(x.reshape(new Shape(-1, in)), Mode.EVALUATION)));
  }
}
