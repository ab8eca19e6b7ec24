package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import partita.models.random.CounterRandom;
import partita.models.train.ImageSource;
import partita.models.train.PixelBatch;
import partita.models.train.Position;

/**
 * Images as the reference trains on them: half of them flipped from left to right, and noise added
 * that blurs the steps between pixel values ({@code gan_training/inputs.py}). Stacked-MNIST has
 * neither.
 */
public final class AugmentedImages implements RealData {
  private final ImageSource images;
  private final boolean flips;
  private final float noise;
  private final CounterRandom flipped;
  private final CounterRandom added;

  /**
   * @param flips whether half of the images are flipped
   * @param noise noise is uniform in [0, noise), 0 for none; what it is added to is in [-1, 1]. The
   *     reference's is 1 / 128, a pixel value being 1 / 127.5
   * @param seed of the coins and of the noise
   */
  public AugmentedImages(ImageSource images, boolean flips, double noise, long seed) {
    if (!(noise >= 0 && noise <= 1)) {
      throw new IllegalArgumentException(
          "Cannot augment images: noise is %s, expected a number in [0, 1]".formatted(noise));
    }
    this.images = images;
    this.flips = flips;
    this.noise = (float) noise;
    this.flipped = new CounterRandom(seed, "flip");
    this.added = new CounterRandom(seed, "noise");
  }

  @Override
  public long rows() {
    return images.rows();
  }

  @Override
  public List<Integer> shape() {
    return List.of(images.channels(), images.height(), images.width());
  }

  @Override
  public NDArray augmented(NDManager manager, long[] rows, Position position) throws IOException {
    boolean[] mirrored = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      mirrored[i] = flips && flipped.bits(position.index(), i, 0) < 0;
    }
    NDArray pixels = PixelBatch.load(manager, images, rows, mirrored);
    if (noise > 0) {
      try (NDArray drawn = manager.create(noise(rows.length, position), pixels.getShape())) {
        pixels.addi(drawn);
      }
    }
    return pixels;
  }

  @Override
  public NDArray plain(NDManager manager, long[] rows) throws IOException {
    return PixelBatch.load(manager, images, rows, new boolean[rows.length]);
  }

  private float[] noise(int count, Position position) {
    int size = images.channels() * images.height() * images.width();
    float[] values = new float[count * size];
    for (int i = 0; i < count; i++) {
      added.uniforms(position.index(), i, values, i * size, size);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] *= noise;
    }
    return values;
  }
}
