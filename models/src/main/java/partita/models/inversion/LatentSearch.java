package partita.models.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import partita.models.gan.LabelGenerator;
import partita.models.layer.Mode;
import partita.models.network.Condition;
import partita.models.op.Gradients;
import partita.models.op.TorchScript;
import partita.models.train.Adam;
import partita.models.train.AdamConfig;
import partita.models.train.PixelBatch;

/**
 * The latent vector whose image is nearest to a given one (Liu et al., CVPR 2020, equation 4): from
 * what an {@link Encoder} says, Adam lowers {@code |G(z, c) - x|_1 + lambda_f |F(G(z, c)) -
 * F(x)|_2^2}, each norm summed over an image in [-1, 1] or its features. The label c is the one
 * that the encoder gives the highest score; only z is moved. Networks are in evaluation mode, so
 * that images of a batch do not influence each other.
 */
public final class LatentSearch {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def losses(self: __torch__.Ops, made: Tensor, x: Tensor, features: Tensor, wanted: Tensor, weight: float) -> Tensor:
              pixels = torch.sum(torch.abs(torch.sub(made, x)), [1, 2, 3])
              apart = torch.sum(torch.square(torch.sub(features, wanted)), [1])
              return torch.add(pixels, torch.mul(apart, weight))
          """);

  private final LabelGenerator generator;
  private final Encoder encoder;
  private final LatentSearchSettings settings;

  public LatentSearch(LabelGenerator generator, Encoder encoder, LatentSearchSettings settings) {
    this.generator = generator;
    this.encoder = encoder;
    this.settings = settings;
  }

  /** What a batch is to be made into: its images, their features, and the labels inferred. */
  private record Target(NDArray x, NDArray features, Condition condition) {}

  /**
   * Inverts a batch.
   *
   * @param x images {@code [N, C, H, W]} in [-1, 1]
   */
  public Inversion of(NDArray x) {
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      NDArray features = encoder.features(x, Mode.EVALUATION);
      int[] labels = labels(features);
      Target target = new Target(x, features, condition(x.getManager(), labels));
      NDArray z = encoder.latent(features, Mode.EVALUATION);
      Inversion.Guess encoded = guess(z, target);
      search(z, target);
      return new Inversion(labels, encoded, guess(z, target));
    }
  }

  private void search(NDArray z, Target target) {
    z.setRequiresGradient(true);
    Adam adam = new Adam(z.getManager(), Map.of("z", z), AdamConfig.of(settings.learningRate()));
    for (int step = 0; step < settings.steps(); step++) {
      try (NDScope scope = new NDScope();
          Gradients.Recording recording = Gradients.record()) {
        scope.suppressNotUsedWarning();
        NDArray made = generator.forward(z, target.condition(), Mode.EVALUATION);
        adam.update(Gradients.of(losses(made, target).sum(), List.of(z)), 1);
      }
    }
  }

  private NDArray losses(NDArray made, Target target) {
    NDArray features = encoder.features(made, Mode.EVALUATION);
    return OPS.run(
        made.getManager(),
        "losses",
        made,
        target.x(),
        features,
        target.features(),
        settings.featureWeight());
  }

  private Inversion.Guess guess(NDArray z, Target target) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray made = generator.forward(z, target.condition(), Mode.EVALUATION);
      return new Inversion.Guess(
          z.toFloatArray(), losses(made, target).toFloatArray(), PixelBatch.bytes(made));
    }
  }

  private int[] labels(NDArray features) {
    int count = (int) features.getShape().get(0);
    int[] labels = new int[count];
    if (!encoder.labeled()) {
      Arrays.fill(labels, -1);
      return labels;
    }
    long[] best = encoder.labels(features, generator, Mode.EVALUATION).argMax(1).toLongArray();
    return Arrays.stream(best).mapToInt(Math::toIntExact).toArray();
  }

  private Condition condition(NDManager manager, int[] labels) {
    return encoder.labeled()
        ? Condition.NONE.withLabels(manager.create(Arrays.stream(labels).asLongStream().toArray()))
        : Condition.NONE;
  }
}
