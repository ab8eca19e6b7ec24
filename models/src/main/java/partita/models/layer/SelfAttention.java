package partita.models.layer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/**
 * Self-attention over positions (SAGAN, Zhang et al. 2019): x + gamma o(softmax(theta(x)' phi(x))
 * g(x)), where theta and phi have C / 8 channels, g has C / 2, both rounded down, and phi and g are
 * max-pooled to half the size. x is {@code [N, C, H, W]} with C at least 8 and even H and W.
 */
public final class SelfAttention extends Layer {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def attend(self: __torch__.Ops, theta: Tensor, phi: Tensor, g: Tensor) -> Tensor:
              queries = torch.flatten(theta, 2, -1)
              keys = torch.flatten(torch.max_pool2d(phi, [2, 2]), 2, -1)
              values = torch.flatten(torch.max_pool2d(g, [2, 2]), 2, -1)
              scores = torch.softmax(torch.bmm(torch.transpose(queries, 1, 2), keys), -1)
              read = torch.bmm(values, torch.transpose(scores, 1, 2))
              return torch.reshape(read, [torch.size(g, 0), torch.size(g, 1), torch.size(g, 2), torch.size(g, 3)])
            def blend(self: __torch__.Ops, x: Tensor, o: Tensor, gamma: Tensor) -> Tensor:
              return torch.addcmul(x, o, gamma)
          """);

  private final Conv2d theta;
  private final Conv2d phi;
  private final Conv2d g;
  private final Conv2d o;
  private final NDArray gamma;

  public SelfAttention(NDManager manager, long channels) {
    super(manager);
    Weighting weighting = Weighting.SPECTRAL.withoutBias();
    theta = child("theta", new Conv2d(manager, channels, channels / 8, 1, weighting));
    phi = child("phi", new Conv2d(manager, channels, channels / 8, 1, weighting));
    g = child("g", new Conv2d(manager, channels, channels / 2, 1, weighting));
    o = child("o", new Conv2d(manager, channels / 2, channels, 1, weighting));
    gamma = parameter("gamma", new Shape(), Initializer.ZEROS);
  }

  public NDArray forward(NDArray x, Mode mode) {
    NDArray read =
        OPS.run(
            x.getManager(),
            "attend",
            theta.forward(x, mode),
            phi.forward(x, mode),
            g.forward(x, mode));
    return OPS.run(x.getManager(), "blend", x, o.forward(read, mode), gamma);
  }
}
