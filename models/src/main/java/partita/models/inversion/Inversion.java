package partita.models.inversion;

/**
 * What was found for N images.
 *
 * @param labels inferred label of each, -1 where the generator is not conditioned
 * @param encoded what the encoder says
 * @param optimized what the search made of it
 */
public record Inversion(int[] labels, Guess encoded, Guess optimized) {

  /**
   * A latent vector for each image, and what it comes to.
   *
   * @param z row-major {@code [N, latentWidth]}
   * @param losses equation 4, {@code [N]}
   * @param pixels row-major {@code [N, C, H, W]}, 0 .. 255
   */
  public record Guess(float[] z, float[] losses, byte[] pixels) {}
}
