package partita.models.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import partita.models.network.SegmentationNetwork;
import partita.models.train.ImageSource;

/** Scores of classes to the class of each pixel. */
class SegmenterTest {

  /** Gives the same scores for any image. */
  private record Constant(NDManager manager, float[] values, Shape shape)
      implements SegmentationNetwork {
    @Override
    public NDArray scores(NDArray images) {
      return images.getManager().create(values, shape);
    }
  }

  /** One gray image. */
  private record Gray(int height, int width) implements ImageSource {
    @Override
    public long rows() {
      return 1;
    }

    @Override
    public int channels() {
      return 1;
    }

    @Override
    public void gather(long[] rows, ByteBuffer target) {
      target.put(new byte[rows.length * height * width]);
    }
  }

  @Test
  void classOfTheLargestScoreIsTakenAndTheFirstOfEquals() throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[] scores = {1, 0, 5, 5, 2, 4};
      Segmenter segmenter = new Segmenter(new Constant(manager, scores, new Shape(1, 3, 1, 2)));
      Segmenter.Segmented segmented = segmenter.segment(new Gray(1, 2), 0);
      assertEquals(3, segmented.classes());
      assertArrayEquals(new int[] {1, 1}, segmented.labels());
    }
  }

  @Test
  void coarseScoresAreEnlargedBetweenPixelCenters() throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      float[] scores = {0, 4, 1, 1};
      Segmenter segmenter = new Segmenter(new Constant(manager, scores, new Shape(1, 2, 1, 2)));
      int[] labels = segmenter.segment(new Gray(1, 8), 0).labels();
      // Score of class 0 at pixel i: 4 ((i + .5) / 4 - .5), which passes 1 between 2 and 3.
      assertArrayEquals(new int[] {1, 1, 1, 0, 0, 0, 0, 0}, labels);
    }
  }
}
