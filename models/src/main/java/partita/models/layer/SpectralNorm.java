package partita.models.layer;

import ai.djl.ndarray.NDArray;
import partita.models.op.TorchScript;

/**
 * Spectral normalization (Miyato et al., ICLR 2018, algorithm 1): the weight W, seen as a matrix
 * {@code [outputs, rest]}, over an estimate of its largest singular value. One power iteration from
 * {@code u} gives v = uW / |uW|, u' = vW' / |vW'| and sigma = vW'u''; gradients flow through W in
 * both places, not through u and v. In training u' replaces {@code u} and sigma {@code sv}; in
 * evaluation neither changes.
 */
final class SpectralNorm {
  /** Smallest norm divided by, as in the BigGAN runs of IC-GAN. */
  private static final double EPSILON = 1e-6;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def normalized(self: __torch__.Ops, weight: Tensor, u: Tensor, sv: Tensor, eps: float, training: bool) -> Tensor:
              matrix = torch.flatten(weight, 1, -1)
              fixed = torch.detach(matrix)
              v0 = torch.matmul(u, fixed)
              v = torch.div(v0, torch.clamp_min(torch.linalg_vector_norm(v0), eps))
              u0 = torch.matmul(v, torch.t(fixed))
              u1 = torch.div(u0, torch.clamp_min(torch.linalg_vector_norm(u0), eps))
              sigma = torch.squeeze(torch.matmul(torch.matmul(v, torch.t(matrix)), torch.t(u1)))
              if training:
                _0 = torch.copy_(u, u1)
                _1 = torch.copy_(sv, torch.detach(sigma))
              else:
                pass
              return torch.div(weight, sigma)
          """);

  private final NDArray weight;
  private final NDArray u;
  private final NDArray sv;

  SpectralNorm(NDArray weight, NDArray u, NDArray sv) {
    this.weight = weight;
    this.u = u;
    this.sv = sv;
  }

  /** The weight over its estimated largest singular value. */
  NDArray normalized(Mode mode) {
    return OPS.run(
        weight.getManager(), "normalized", weight, u, sv, EPSILON, mode == Mode.TRAINING);
  }
}
