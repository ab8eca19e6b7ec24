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
 * Makes points of {@code z}: four hidden layers, each linear, batch-normalized and rectified, and a
 * linear one. A label's embedding is scaled to length 1 and stands beside {@code z}; a mixture of k
 * generators has k first layers and shares the rest.
 *
 * <p>Names: {@code embedding.weight} {@code [k, embeddingWidth]}; {@code hidden.i.weight} {@code
 * [units, inputs]} ({@code [k, units, inputs]} of a mixture's first), {@code hidden.i.bias}, {@code
 * hidden.i.norm.{gain,bias}} and the buffers {@code hidden.i.norm.{stored_mean,stored_var}}; {@code
 * output.weight}, {@code output.bias}.
 */
public final class MlpGenerator extends LabelGenerator {
  private static final int HIDDEN = 4;
  private static final double EPSILON = 1e-5;

  /**
   * 1 - .9^2. The authors' code passes the same batch through G twice in a step, in D's update and
   * in G's, and each time moves the running statistics by .1; here it passes once for both.
   */
  private static final double MOMENTUM = 0.19;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def plain(self: __torch__.Ops, z: Tensor, labels: List[Tensor], first: List[Tensor], weights: List[Tensor], biases: List[Tensor], gains: List[Tensor], shifts: List[Tensor], means: List[Tensor], vars: List[Tensor], training: bool, momentum: float, eps: float) -> Tensor:
              h = torch.linear(z, first[0], first[1])
              return (self).rest(h, weights, biases, gains, shifts, means, vars, training, momentum, eps)
            def embedded(self: __torch__.Ops, z: Tensor, labels: List[Tensor], first: List[Tensor], weights: List[Tensor], biases: List[Tensor], gains: List[Tensor], shifts: List[Tensor], means: List[Tensor], vars: List[Tensor], training: bool, momentum: float, eps: float) -> Tensor:
              e = torch.embedding(first[2], labels[0])
              unit = torch.div(e, torch.linalg_vector_norm(e, 2, [1], True))
              h = torch.linear(torch.cat([z, unit], 1), first[0], first[1])
              return (self).rest(h, weights, biases, gains, shifts, means, vars, training, momentum, eps)
            def mixed(self: __torch__.Ops, z: Tensor, labels: List[Tensor], first: List[Tensor], weights: List[Tensor], biases: List[Tensor], gains: List[Tensor], shifts: List[Tensor], means: List[Tensor], vars: List[Tensor], training: bool, momentum: float, eps: float) -> Tensor:
              weight = torch.view(torch.embedding(torch.flatten(first[0], 1), labels[0]), [torch.size(z, 0), torch.size(first[0], 1), torch.size(first[0], 2)])
              h = torch.add(torch.squeeze(torch.bmm(weight, torch.unsqueeze(z, 2)), 2), torch.embedding(first[1], labels[0]))
              return (self).rest(h, weights, biases, gains, shifts, means, vars, training, momentum, eps)
            def rest(self: __torch__.Ops, first: Tensor, weights: List[Tensor], biases: List[Tensor], gains: List[Tensor], shifts: List[Tensor], means: List[Tensor], vars: List[Tensor], training: bool, momentum: float, eps: float) -> Tensor:
              h = first
              for i in range(torch.len(weights)):
                y = torch.relu_(torch.batch_norm(h, gains[i], shifts[i], means[i], vars[i], training, momentum, eps, True))
                h = torch.linear(y, weights[i], biases[i])
              return h
          """);

  private final MlpNetworks networks;
  private final String method;

  /** Weight and bias of the first layer, and the embedding if there is one. */
  private final List<NDArray> first = new ArrayList<>();

  /** Of what follows each normalization. */
  private final List<NDArray> weights = new ArrayList<>();

  private final List<NDArray> biases = new ArrayList<>();

  private final List<NDArray> gains = new ArrayList<>();
  private final List<NDArray> shifts = new ArrayList<>();
  private final List<NDArray> means = new ArrayList<>();
  private final List<NDArray> variances = new ArrayList<>();

  MlpGenerator(NDManager manager, MlpNetworks networks) {
    super(manager);
    this.networks = networks;
    int width = networks.generatorWidth();
    int inputs = networks.latentWidth() + networks.embeddingWidth();
    boolean mixture = networks.labeling() == GanNetworks.Labeling.MIXTURE;
    Shape firstBias = mixture ? new Shape(networks.labels(), width) : new Shape(width);
    first.add(uniform("hidden.0.weight", firstBias.add(inputs), inputs));
    first.add(uniform("hidden.0.bias", firstBias, inputs));
    normalization(0, width);
    for (int i = 1; i < HIDDEN; i++) {
      linear("hidden." + i, width, width);
      normalization(i, width);
    }
    linear("output", MlpNetworks.POINT, width);
    if (networks.labeling() == GanNetworks.Labeling.EMBEDDED) {
      Shape table = new Shape(networks.labels(), networks.embeddingWidth());
      first.add(parameter("embedding.weight", table, Initializer.normal(1)));
    }
    this.method =
        switch (networks.labeling()) {
          case NONE -> "plain";
          case EMBEDDED -> "embedded";
          case MIXTURE -> "mixed";
        };
  }

  private void linear(String name, int outputs, int inputs) {
    weights.add(uniform(name + ".weight", new Shape(outputs, inputs), inputs));
    biases.add(uniform(name + ".bias", new Shape(outputs), inputs));
  }

  private NDArray uniform(String name, Shape shape, int inputs) {
    return parameter(name, shape, Initializer.uniform(1 / Math.sqrt(inputs)));
  }

  private void normalization(int layer, int width) {
    String name = "hidden." + layer + ".norm.";
    Shape shape = new Shape(width);
    gains.add(parameter(name + "gain", shape, Initializer.ONES));
    shifts.add(parameter(name + "bias", shape, Initializer.ZEROS));
    means.add(buffer(name + "stored_mean", shape, Initializer.ZEROS));
    variances.add(buffer(name + "stored_var", shape, Initializer.ONES));
  }

  @Override
  public NDArray forward(NDArray z, Condition condition, Mode mode) {
    if (z.getShape().dimension() != 2 || z.getShape().get(1) != networks.latentWidth()) {
      throw new IllegalArgumentException(
          "Cannot generate points: z is %s, expected [N, %d]"
              .formatted(z.getShape(), networks.latentWidth()));
    }
    return OPS.run(
        z.getManager(),
        method,
        z,
        networks.labels() > 0 ? List.of(condition.labels()) : List.of(),
        first,
        weights,
        biases,
        gains,
        shifts,
        means,
        variances,
        mode == Mode.TRAINING,
        MOMENTUM,
        EPSILON);
  }
}
