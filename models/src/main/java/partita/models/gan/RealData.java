package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import partita.models.train.Position;

/** What a GAN learns: points or images, by row. */
public interface RealData {

  /** Number of points or images. */
  long rows();

  /** Shape of one: {@code [2]} or {@code [C, H, W]}. */
  List<Integer> shape();

  /**
   * Rows as training sees them, augmented as the position's randomness says.
   *
   * @return float32 {@code [rows, ...]}, images in [-1, 1]
   */
  NDArray augmented(NDManager manager, long[] rows, Position position) throws IOException;

  /** Rows as they are: what is clustered. Float32 {@code [rows, ...]}, images in [-1, 1]. */
  NDArray plain(NDManager manager, long[] rows) throws IOException;
}
