package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import partita.models.layer.Mode;
import partita.models.network.BigGanGenerator;
import partita.models.network.Condition;
import partita.models.op.Gradients;
import partita.models.op.OwnMemory;
import partita.models.random.CounterRandom;

/**
 * Draws images from a trained generator in evaluation mode, that is with its recorded batch-norm
 * statistics (the official code leaves it in training mode, so that each of its samples depends on
 * the others of its batch). Sample s has the latent vector of row s, whoever draws it.
 */
public final class InstanceSampler {
  private final BigGanGenerator generator;
  private final CounterRandom latents;
  private final double truncation;

  /**
   * Samples in order.
   *
   * @param z latent vectors, row-major {@code [rows, latentWidth]}
   * @param pixels 0 .. 255, {@code [rows, C, H, W]}
   */
  public record Samples(float[] z, byte[] pixels) {}

  /**
   * @param truncation standard deviation of the latent vector: 1 for the distribution trained on,
   *     less for fewer outliers and less diversity
   */
  public InstanceSampler(BigGanGenerator generator, long seed, double truncation) {
    if (!(truncation > 0 && truncation <= 1)) {
      throw new IllegalArgumentException(
          "Cannot sample with truncation " + truncation + ": expected a number in (0, 1]");
    }
    this.generator = generator;
    this.latents = new CounterRandom(seed, "sample.latent");
    this.truncation = truncation;
  }

  /**
   * Samples {@code first .. first + batch - 1}. The batch has a constant size, whatever of it is
   * kept, because the last bits of a product depend on the number of its rows.
   *
   * @param features of the instance of each sample, row-major {@code [batch, featureWidth]}; empty
   *     for a network without instances
   * @param labels class of each sample; empty for a network without classes
   */
  public Samples sample(long first, int batch, float[] features, long[] labels) {
    int width = generator.config().latentWidth();
    float[] z = new float[batch * width];
    for (int i = 0; i < batch; i++) {
      latents.normals(0, first + i, z, i * width, width);
    }
    if (truncation < 1) {
      for (int i = 0; i < z.length; i++) {
        z[i] = (float) (z[i] * truncation);
      }
    }
    NDManager manager = generator.manager();
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      Condition condition = Condition.NONE;
      if (features.length > 0) {
        Shape shape = new Shape(batch, features.length / batch);
        condition = condition.withFeatures(OwnMemory.of(manager, features, shape));
      }
      if (labels.length > 0) {
        condition = condition.withLabels(manager.create(labels));
      }
      NDArray images =
          generator.forward(
              OwnMemory.of(manager, z, new Shape(batch, width)), condition, Mode.EVALUATION);
      return new Samples(z, PixelBatch.bytes(images));
    }
  }
}
