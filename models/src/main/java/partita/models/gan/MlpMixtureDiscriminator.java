package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import partita.models.op.TorchScript;

/**
 * Judges the points of a mixture of generators and tells these apart by a second linear layer on
 * the same features. Names: those of {@link MlpDiscriminator}, {@code classifier.weight} {@code [k,
 * units]}, {@code classifier.bias}.
 */
public final class MlpMixtureDiscriminator extends MlpDiscriminator implements GeneratorClassifier {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def linear(self: __torch__.Ops, h: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
              return torch.linear(h, weight, bias)
          """);

  private final Linear classifier;

  MlpMixtureDiscriminator(NDManager manager, MlpNetworks networks) {
    super(manager, networks);
    classifier = linear("classifier", networks.labels(), networks.featureWidth());
  }

  @Override
  public NDArray generators(NDArray features) {
    return OPS.run(
        features.getManager(), "linear", features, classifier.weight(), classifier.bias());
  }
}
