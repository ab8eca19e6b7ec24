package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import partita.models.network.SegmentationNetwork;
import partita.models.op.Gradients;
import partita.models.op.TorchScript;
import partita.models.train.ImageSource;
import partita.models.train.PixelBatch;

/**
 * The class of each pixel of an image, as a segmentation network sees it: the one of the largest
 * score, the first of equals. Scores coarser than the image are enlarged first, bilinearly between
 * pixel centers.
 *
 * @param network makes the scores
 */
public record Segmenter(SegmentationNetwork network) {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def largest(self: __torch__.Ops, scores: Tensor, height: int, width: int) -> Tensor:
              if torch.__and__(torch.eq(torch.size(scores, 2), height), torch.eq(torch.size(scores, 3), width)):
                fitting = scores
              else:
                fitting = torch.upsample_bilinear2d(scores, [height, width], False, None, None)
              return torch.argmax(fitting, 1)
          """);
  private static final int COLORS = 3;

  /** A segmented image: number of classes, and the class of each pixel {@code [H * W]}. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Segmented(int classes, int[] labels) {}

  /**
   * Segments one image.
   *
   * @throws IllegalArgumentException if the network takes no images of this size, or gives no
   *     scores
   */
  public Segmented segment(ImageSource images, long row) throws IOException {
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      NDManager manager = network.manager();
      NDArray pixels = PixelBatch.load(manager, images, new long[] {row}, new boolean[1]);
      NDArray color = images.channels() == 1 ? pixels.repeat(1, COLORS) : pixels;
      NDArray scores = network.scores(color);
      Shape shape = scores.getShape();
      NDArray largest = OPS.run(manager, "largest", scores, images.height(), images.width());
      return new Segmented(
          Math.toIntExact(shape.get(1)), largest.toType(DataType.INT32, false).toIntArray());
    }
  }
}
