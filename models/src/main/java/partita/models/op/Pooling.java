package partita.models.op;

import ai.djl.ndarray.NDArray;

/**
 * Windows of images {@code [N, C, H, W]} reduced to one value each, as torchvision's networks do.
 */
public final class Pooling {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def maxima(self: __torch__.Ops, x: Tensor, side: int, stride: int, padding: int, whole: bool) -> Tensor:
              return torch.max_pool2d(x, [side, side], [stride, stride], [padding, padding], [1, 1], torch.__not__(whole))
            def means(self: __torch__.Ops, x: Tensor, counted: bool) -> Tensor:
              return torch.avg_pool2d(x, [3, 3], [1, 1], [1, 1], False, counted, None)
            def grid(self: __torch__.Ops, x: Tensor, side: int) -> Tensor:
              return torch.adaptive_avg_pool2d(x, [side, side])
          """);

  private Pooling() {}

  /** The largest of each {@code side x side} window that lies wholly within the image. */
  public static NDArray maxima(NDArray x, int side, int stride) {
    return OPS.run(x.getManager(), "maxima", x, side, stride, 0, true);
  }

  /**
   * The same, with one window more in either direction where pixels are left over; what of it lies
   * outside of the image does not count.
   */
  public static NDArray maximaToTheEdge(NDArray x, int side, int stride) {
    return OPS.run(x.getManager(), "maxima", x, side, stride, 0, false);
  }

  /** The largest of the 3x3 around each pixel; what lies outside of the image does not count. */
  public static NDArray neighborMaxima(NDArray x) {
    return OPS.run(x.getManager(), "maxima", x, 3, 1, 1, true);
  }

  /** The mean of the 3x3 around each pixel; what lies outside of the image does not count. */
  public static NDArray neighborMeans(NDArray x) {
    return OPS.run(x.getManager(), "means", x, false);
  }

  /** The mean of the 3x3 around each pixel; what lies outside of the image counts as 0. */
  public static NDArray paddedNeighborMeans(NDArray x) {
    return OPS.run(x.getManager(), "means", x, true);
  }

  /** Means over {@code side x side} rectangles that cover the image, whatever its size. */
  public static NDArray grid(NDArray x, int side) {
    return OPS.run(x.getManager(), "grid", x, side);
  }
}
