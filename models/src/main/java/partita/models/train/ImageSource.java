package partita.models.train;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Images of one size, read row by row wherever they are kept. Safe for use by several threads. */
public interface ImageSource {

  /** Number of images. */
  long rows();

  int channels();

  int height();

  int width();

  /**
   * Copies images {@code [channels, height, width]} of 0 .. 255 into {@code target} at its
   * position, which advances.
   *
   * @param rows row indices, in the order wanted
   */
  void gather(long[] rows, ByteBuffer target) throws IOException;
}
