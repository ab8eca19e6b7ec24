package partita.models.op;

import ai.djl.ndarray.NDArray;

/** Other sizes of images {@code [N, C, H, W]}. */
public final class Resampling {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def up(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.upsample_nearest2d(x, [torch.mul(torch.size(x, 2), 2), torch.mul(torch.size(x, 3), 2)])
            def down(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.avg_pool2d(x, [2, 2])
            def overlapping_means(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.avg_pool2d(x, [3, 3], [2, 2], [1, 1])
            def mean(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.mean(x, [2, 3])
            def maxima(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.max_pool2d(x, [2, 2])
            def overlapping_maxima(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.max_pool2d(x, [3, 3], [2, 2], [1, 1])
            def bicubic(self: __torch__.Ops, x: Tensor, side: int) -> Tensor:
              return torch.upsample_bicubic2d(x, [side, side], False, None, None)
          """);

  private Resampling() {}

  /** Twice the size, each pixel repeated. */
  public static NDArray doubled(NDArray x) {
    return OPS.run(x.getManager(), "up", x);
  }

  /** Half the size, each pixel the mean of four. */
  public static NDArray halved(NDArray x) {
    return OPS.run(x.getManager(), "down", x);
  }

  /** Half the size, each pixel the largest of four; an odd last row or column is dropped. */
  public static NDArray maxima(NDArray x) {
    return OPS.run(x.getManager(), "maxima", x);
  }

  /**
   * Half the size, rounded up, each pixel the largest of the 3x3 around every second one; what lies
   * outside of the image does not count.
   */
  public static NDArray overlappingMaxima(NDArray x) {
    return OPS.run(x.getManager(), "overlapping_maxima", x);
  }

  /**
   * Half the size, rounded up, each pixel the mean of the 3x3 around every second one; what lies
   * outside of the image counts as 0.
   */
  public static NDArray overlappingMeans(NDArray x) {
    return OPS.run(x.getManager(), "overlapping_means", x);
  }

  /**
   * {@code [N, C, side, side]} by bicubic interpolation (Keys' kernel, a = -0.75) between pixel
   * centers, borders repeated, without antialiasing: torch's {@code interpolate(x, side,
   * mode="bicubic")}. Values may leave the range of the image's.
   */
  public static NDArray bicubic(NDArray x, int side) {
    return OPS.run(x.getManager(), "bicubic", x, side);
  }

  /** The mean over all positions: {@code [N, C]}. */
  public static NDArray mean(NDArray x) {
    return OPS.run(x.getManager(), "mean", x);
  }
}
