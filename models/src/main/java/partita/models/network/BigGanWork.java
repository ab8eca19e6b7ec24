package partita.models.network;

/**
 * How much a BigGAN has to compute for one image: multiply-adds of its convolutions and attention,
 * which are nearly all of it. A 3x3 convolution beside a resampling counts as the one over 2x2 or
 * 4x4 pixels that it amounts to, a 1x1 convolution as done at the smaller size.
 *
 * @param generator multiply-adds of one pass forward
 * @param discriminator multiply-adds of one pass forward
 */
public record BigGanWork(double generator, double discriminator) {

  /** Counts the networks of a configuration. */
  public static BigGanWork of(BigGanConfig config) {
    return new BigGanWork(generator(config), discriminator(config));
  }

  /**
   * Multiply-adds of one training step: each update of the discriminator generates a batch and
   * differentiates two, the update of the generator differentiates both networks, the discriminator
   * by its input alone. A derivative costs as much as a pass forward, by weights and by inputs
   * each.
   *
   * @param batch images of a batch
   * @param discriminatorSteps updates of the discriminator
   */
  public double step(int batch, int discriminatorSteps) {
    double discriminatorUpdate = generator + 2 * 3 * discriminator;
    double generatorUpdate = 3 * generator + 2 * discriminator;
    return batch * (discriminatorSteps * discriminatorUpdate + generatorUpdate);
  }

  private static double generator(BigGanConfig config) {
    double sum = 0;
    double side = BigGanConfig.BOTTOM;
    double out = 0;
    for (BigGanConfig.Block block : config.generatorBlocks()) {
      double in = block.in();
      out = block.out();
      sum += in * out * side * side;
      side *= 2;
      sum += (4 * in * out + 9 * out * out) * side * side;
      sum += block.attention() ? attention(out, side) : 0;
    }
    return sum + 9 * out * config.imageChannels() * side * side;
  }

  private static double discriminator(BigGanConfig config) {
    double sum = 0;
    double side = config.resolution();
    for (BigGanConfig.Block block : config.discriminatorBlocks()) {
      double in = block.in();
      double out = block.out();
      boolean halves = block.resample();
      double conv1 = 9 * in * out * side * side;
      double conv2 = (halves ? 4 : 9) * out * out * side * side;
      side = halves ? side / 2 : side;
      double shortcut = halves || in != out ? in * out * side * side : 0;
      sum += conv1 + conv2 + shortcut + (block.attention() ? attention(out, side) : 0);
    }
    return sum;
  }

  /** Keys and values are pooled to a quarter of the pixels. */
  private static double attention(double channels, double side) {
    double pixels = side * side;
    double projections = channels * channels * (1.0 / 8 + 1.0 / 8 + 1.0 / 2 + 1.0 / 2) * pixels;
    return projections + pixels * pixels / 4 * (channels / 8 + channels / 2);
  }
}
