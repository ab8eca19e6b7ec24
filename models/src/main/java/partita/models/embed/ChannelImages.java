package partita.models.embed;

import java.io.IOException;
import java.nio.ByteBuffer;
import partita.models.train.ImageSource;

/**
 * Each channel of some images as a gray image of its own: of images with C channels, row {@code C i
 * + c} is channel c of image i.
 */
final class ChannelImages implements ImageSource {
  private final ImageSource images;

  ChannelImages(ImageSource images) {
    this.images = images;
  }

  @Override
  public long rows() {
    return images.rows() * images.channels();
  }

  @Override
  public int channels() {
    return 1;
  }

  @Override
  public int height() {
    return images.height();
  }

  @Override
  public int width() {
    return images.width();
  }

  @Override
  public void gather(long[] rows, ByteBuffer target) throws IOException {
    int plane = images.height() * images.width();
    ByteBuffer image = ByteBuffer.allocate(images.channels() * plane);
    long held = -1;
    for (long row : rows) {
      long wanted = row / images.channels();
      if (wanted != held) {
        image.clear();
        images.gather(new long[] {wanted}, image);
        held = wanted;
      }
      target.put(image.array(), (int) (row % images.channels()) * plane, plane);
    }
  }
}
