package partita.models.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.Map;
import partita.models.layer.Mode;
import partita.models.loss.HingeLoss;
import partita.models.network.BigGanDiscriminator;
import partita.models.network.BigGanGenerator;
import partita.models.network.Condition;
import partita.models.op.Gradients;

/**
 * What the two networks of a conditional GAN minimize: hinge losses, with the passes of the
 * official code. Both networks are always in training mode, so that every pass advances their
 * statistics and power iterations; D scores the fake and the real images of its update in one
 * batch, the fake ones first.
 */
public final class AdversarialLosses {
  private final BigGanGenerator generator;
  private final BigGanDiscriminator discriminator;

  public AdversarialLosses(BigGanGenerator generator, BigGanDiscriminator discriminator) {
    this.generator = generator;
    this.discriminator = discriminator;
  }

  /**
   * The discriminator's loss. No gradient is recorded through the generator. Watched are the mean
   * scores {@code D.real} and {@code D.fake}, and {@code fake.std}, the deviation between fake
   * images.
   *
   * @param z of the fake images, {@code [N, latentWidth]}
   * @param fakeCondition of the fake images
   * @param real images {@code [N, C, H, W]} in [-1, 1]
   * @param realCondition of the real images
   */
  public Losses discriminator(
      NDArray z, Condition fakeCondition, NDArray real, Condition realCondition) {
    NDArray fake;
    NDArray spread;
    try (Gradients.Recording paused = Gradients.pause()) {
      fake = generator.forward(z, fakeCondition, Mode.TRAINING);
      spread = spread(fake);
    }
    NDArray scores =
        discriminator.forward(
            NDArrays.concat(new NDList(fake, real)),
            fakeCondition.concat(realCondition),
            Mode.TRAINING);
    NDList halves = scores.split(2);
    NDArray fakeScore = halves.get(0);
    NDArray realScore = halves.get(1);
    NDArray loss = HingeLoss.onReal(realScore).add(HingeLoss.onFake(fakeScore));
    Map<String, NDArray> watched = new LinkedHashMap<>();
    watched.put("D.real", realScore.mean());
    watched.put("D.fake", fakeScore.mean());
    watched.put("fake.std", spread);
    return new Losses(loss, watched);
  }

  /** The generator's loss on the images of {@code z} under {@code condition}. */
  public Losses generator(NDArray z, Condition condition) {
    NDArray fake = generator.forward(z, condition, Mode.TRAINING);
    NDArray scores = discriminator.forward(fake, condition, Mode.TRAINING);
    return new Losses(HingeLoss.ofGenerator(scores), Map.of());
  }

  /** Standard deviation of a pixel over the batch, averaged over pixels. */
  private static NDArray spread(NDArray images) {
    NDArray mean = images.mean(new int[] {0}, true);
    return images.sub(mean).square().mean(new int[] {0}).sqrt().mean();
  }
}
