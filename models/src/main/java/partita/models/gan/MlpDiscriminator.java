package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import partita.models.layer.Initializer;
import partita.models.layer.Mode;
import partita.models.network.Condition;
import partita.models.op.TorchScript;

/**
 * Judges points: three maxout layers (Goodfellow et al., "Maxout networks", ICML 2013) and a linear
 * one, which has an output for each label where there are labels. The points of a pack stand side
 * by side in the first layer's input.
 *
 * <p>Names: {@code maxout.i.weight} {@code [pieces * units, inputs]}, of which row {@code p * units
 * + u} is piece p of unit u, {@code maxout.i.bias}; {@code output.weight}, {@code output.bias}.
 */
public class MlpDiscriminator extends LabelDiscriminator {
  private static final int LAYERS = 3;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def features(self: __torch__.Ops, x: Tensor, weights: List[Tensor], biases: List[Tensor], pieces: int) -> Tensor:
              h = torch.reshape(x, [-1, torch.size(weights[0], 1)])
              for i in range(torch.len(weights)):
                y = torch.chunk(torch.linear(h, weights[i], biases[i]), pieces, 1)
                h = y[0]
                for j in range(1, pieces):
                  h = torch.add(h, torch.relu_(torch.sub(y[j], h)))
              return h
            def single(self: __torch__.Ops, h: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.squeeze(torch.linear(h, weight, bias), 1)
            def labeled(self: __torch__.Ops, h: Tensor, weight: Tensor, bias: Tensor, labels: Tensor) -> Tensor:
              return torch.squeeze(torch.gather(torch.linear(h, weight, bias), 1, torch.unsqueeze(labels, 1)), 1)
          """);

  private final MlpNetworks networks;
  private final List<NDArray> weights = new ArrayList<>();
  private final List<NDArray> biases = new ArrayList<>();
  private final Linear output;

  /** Weight {@code [outputs, inputs]} and bias {@code [outputs]}. */
  record Linear(NDArray weight, NDArray bias) {}

  MlpDiscriminator(NDManager manager, MlpNetworks networks) {
    super(manager);
    this.networks = networks;
    int units = networks.discriminatorWidth();
    int inputs = MlpNetworks.POINT * networks.packing();
    for (int i = 0; i < LAYERS; i++) {
      Linear layer = linear("maxout." + i, networks.pieces() * units, inputs);
      weights.add(layer.weight());
      biases.add(layer.bias());
      inputs = units;
    }
    boolean labeled = networks.labeling() == GanNetworks.Labeling.EMBEDDED;
    output = linear("output", labeled ? networks.labels() : 1, units);
  }

  /** Declares a layer. */
  final Linear linear(String name, int outputs, int inputs) {
    Initializer uniform = Initializer.uniform(1 / Math.sqrt(inputs));
    return new Linear(
        parameter(name + ".weight", new Shape(outputs, inputs), uniform),
        parameter(name + ".bias", new Shape(outputs), uniform));
  }

  @Override
  public final NDArray features(NDArray x, Mode mode) {
    Shape shape = x.getShape();
    if (shape.dimension() != 2
        || shape.get(1) != MlpNetworks.POINT
        || shape.get(0) % networks.packing() != 0) {
      throw new IllegalArgumentException(
          "Cannot judge points: found %s, expected [N, 2] with N a multiple of %d"
              .formatted(shape, networks.packing()));
    }
    return OPS.run(x.getManager(), "features", x, weights, biases, networks.pieces());
  }

  @Override
  public final NDArray score(NDArray features, Condition condition, Mode mode) {
    NDManager manager = features.getManager();
    return networks.labeling() == GanNetworks.Labeling.EMBEDDED
        ? OPS.run(manager, "labeled", features, output.weight(), output.bias(), condition.labels())
        : OPS.run(manager, "single", features, output.weight(), output.bias());
  }
}
