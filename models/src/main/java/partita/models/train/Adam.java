package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.models.op.Gradients;
import partita.models.op.TorchScript;

/**
 * Adam (Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1) over
 * all parameters of an update in one native call. First and second moment of each parameter and the
 * step count are part of the training state.
 */
public final class Adam {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def update(self: __torch__.Ops, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], t: Tensor, lr: float, beta1: float, beta2: float, weight_decay: float, eps: float) -> Tensor:
              steps = annotate(List[Tensor], [])
              grads = annotate(List[Tensor], [])
              for i in range(torch.len(g)):
                _0 = torch.append(steps, t)
                _1 = torch.append(grads, torch.contiguous(g[i]))
              unused = annotate(List[Tensor], [])
              torch._fused_adam_(p, grads, m, v, unused, steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=eps, amsgrad=False, maximize=False)
              return t
          """);

  private final AdamConfig config;
  private final NDManager manager;
  private final List<String> names;
  private final List<NDArray> parameters;
  private final List<NDArray> first = new ArrayList<>();
  private final List<NDArray> second = new ArrayList<>();
  private long steps;

  /**
   * Starts with zero moments, which belong to {@code manager}.
   *
   * @param parameters float32, contiguous, by full name
   */
  public Adam(NDManager manager, Map<String, NDArray> parameters, AdamConfig config) {
    this.config = config;
    this.manager = manager;
    this.names = List.copyOf(parameters.keySet());
    this.parameters = List.copyOf(parameters.values());
    for (NDArray parameter : this.parameters) {
      first.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
      second.add(manager.zeros(parameter.getShape(), DataType.FLOAT32));
    }
  }

  /**
   * One step.
   *
   * @param gradients in the order of the parameters
   * @param factor on the configured learning rate
   */
  public void update(List<NDArray> gradients, double factor) {
    if (gradients.size() != parameters.size()) {
      throw new IllegalArgumentException(
          "Cannot update %d parameters with %d gradients"
              .formatted(parameters.size(), gradients.size()));
    }
    steps++;
    try (Gradients.Recording paused = Gradients.pause();
        NDArray count = manager.full(new Shape(), steps, DataType.FLOAT32)) {
      OPS.run(
              manager,
              "update",
              parameters,
              gradients,
              first,
              second,
              count,
              config.learningRate() * factor,
              config.beta1(),
              config.beta2(),
              config.weightDecay(),
              config.epsilon())
          .close();
    }
  }

  /** Moments and step count as saved: {@code D/linear.weight/first}, {@code D/steps}. */
  List<NamedTensor> state(String update) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String prefix = update + "/" + names.get(i);
      tensors.add(NamedTensor.of(TensorRole.OPTIMIZER, prefix + "/first", first.get(i)));
      tensors.add(NamedTensor.of(TensorRole.OPTIMIZER, prefix + "/second", second.get(i)));
    }
    tensors.add(NamedTensor.of(TensorRole.OPTIMIZER, update + "/steps", steps));
    return tensors;
  }

  void restore(String update, Saved saved) {
    for (int i = 0; i < names.size(); i++) {
      String prefix = update + "/" + names.get(i);
      saved.take(TensorRole.OPTIMIZER, prefix + "/first").copyTo(first.get(i));
      saved.take(TensorRole.OPTIMIZER, prefix + "/second").copyTo(second.get(i));
    }
    steps = saved.take(TensorRole.OPTIMIZER, update + "/steps").longs()[0];
  }
}
