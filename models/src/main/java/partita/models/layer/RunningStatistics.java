package partita.models.layer;

import ai.djl.ndarray.NDArray;
import partita.models.op.TorchScript;

/**
 * The normalization inside batch normalization (Ioffe and Szegedy 2015): subtract a mean, divide by
 * a standard deviation, channel by channel of {@code [N, C, H, W]}. Those of the batch in training,
 * when the running ones move towards them by a momentum; the running ones in evaluation.
 */
final class RunningStatistics {
  static final double EPSILON = 1e-5;
  static final double MOMENTUM = 0.1;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def normalize(self: __torch__.Ops, x: Tensor, gain: Tensor, bias: Tensor, mean: Tensor, var: Tensor, training: bool, momentum: float, eps: float) -> Tensor:
              return torch.batch_norm(x, gain, bias, mean, var, training, momentum, eps, True)
            def modulate(self: __torch__.Ops, x: Tensor, gain: Tensor, bias: Tensor, mean: Tensor, var: Tensor, training: bool, momentum: float, eps: float) -> Tensor:
              y = torch.batch_norm(x, None, None, mean, var, training, momentum, eps, True)
              scale = torch.unsqueeze(torch.unsqueeze(torch.add(gain, 1), -1), -1)
              shift = torch.unsqueeze(torch.unsqueeze(bias, -1), -1)
              return torch.addcmul(shift, y, scale)
          """);

  private final NDArray mean;
  private final NDArray var;
  private final double momentum;

  /** Both {@code [C]}, changed in place; they move by {@link #MOMENTUM}. */
  RunningStatistics(NDArray mean, NDArray var) {
    this(mean, var, MOMENTUM);
  }

  RunningStatistics(NDArray mean, NDArray var, double momentum) {
    this.mean = mean;
    this.var = var;
    this.momentum = momentum;
  }

  /** Normalized times {@code gain} plus {@code bias}, both {@code [C]}. */
  NDArray normalize(NDArray x, NDArray gain, NDArray bias, Mode mode) {
    return run("normalize", x, gain, bias, mode);
  }

  /** Normalized times (1 + {@code gain}) plus {@code bias}, both {@code [N, C]}. */
  NDArray modulate(NDArray x, NDArray gain, NDArray bias, Mode mode) {
    return run("modulate", x, gain, bias, mode);
  }

  private NDArray run(String method, NDArray x, NDArray gain, NDArray bias, Mode mode) {
    boolean training = mode == Mode.TRAINING;
    return OPS.run(x.getManager(), method, x, gain, bias, mean, var, training, momentum, EPSILON);
  }
}
