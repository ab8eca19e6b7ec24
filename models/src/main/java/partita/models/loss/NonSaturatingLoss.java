package partita.models.loss;

import ai.djl.ndarray.NDArray;
import partita.models.op.TorchScript;

/**
 * The standard loss of adversarial training, the generator's in its non-saturating form (Goodfellow
 * et al., "Generative adversarial nets", NIPS 2014, section 3): the discriminator's scores are
 * logits of being real.
 */
public final class NonSaturatingLoss {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def discriminator(self: __torch__.Ops, real: Tensor, fake: Tensor) -> Tensor:
              return torch.add(torch.mean(torch.softplus(torch.neg(real))), torch.mean(torch.softplus(fake)))
            def generator(self: __torch__.Ops, fake: Tensor) -> Tensor:
              return torch.mean(torch.softplus(torch.neg(fake)))
          """);

  private NonSaturatingLoss() {}

  /**
   * The discriminator's loss: mean of -log sigmoid(real) plus mean of -log(1 - sigmoid(fake)), in
   * nats.
   *
   * @param real scores of real samples, {@code [N]}
   * @param fake scores of generated samples, {@code [M]}
   */
  public static NDArray ofDiscriminator(NDArray real, NDArray fake) {
    return OPS.run(real.getManager(), "discriminator", real, fake);
  }

  /** The generator's loss: mean of -log sigmoid(fake). */
  public static NDArray ofGenerator(NDArray fake) {
    return OPS.run(fake.getManager(), "generator", fake);
  }
}
