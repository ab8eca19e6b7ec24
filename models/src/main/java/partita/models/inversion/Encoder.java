package partita.models.inversion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.gan.ImageGanNetworks;
import partita.models.gan.LabelDiscriminator;
import partita.models.gan.LabelGenerator;
import partita.models.layer.Layer;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.op.TorchScript;

/**
 * Recovers from a generated image what it was generated from (Liu et al., "Diverse image generation
 * via self-conditioned GANs", CVPR 2020, section 4.4.2 and appendix C.3): a backbone F makes
 * features r of an image x, {@code F_z} the latent vector z of r, and {@code F_c} scores for the
 * labels c: products of a predicted embedding and the embeddings, of length 1, that G has of them.
 *
 * <p>The paper gives F the shape of its discriminator. Here too it has that of D up to its last
 * hidden layer, whichever architecture that is, so r is what D would be clustered by.
 *
 * <p>Names: {@code backbone.*} as in D, {@code latent}, {@code embedding}.
 */
public final class Encoder extends Layer {
  /** D's scores, which nothing here is made of. */
  private static final String UNUSED = "backbone.fc_out.";

  private static final String LABELS = "get_latent.embedding.weight";

  private static final TorchScript OPS =
      new TorchScript(
          """
            def scores(self: __torch__.Ops, predicted: Tensor, labels: Tensor) -> Tensor:
              unit = torch.div(labels, torch.norm(labels, 2, [1], True))
              return torch.matmul(predicted, torch.t(unit))
          """);

  private final LabelDiscriminator backbone;
  private final Linear latent;
  private final List<Linear> embedding;

  /**
   * An encoder of what a generator makes; not initialized.
   *
   * @param generator whose labels, if it has any, are to be inferred: their width is taken over
   * @throws IllegalArgumentException when D judges several images together, so that it has no
   *     features of one
   */
  public Encoder(NDManager manager, ImageGanNetworks networks, LabelGenerator generator) {
    super(manager);
    if (networks.packing() > 1) {
      throw new IllegalArgumentException(
          "Cannot encode images by the shape of a discriminator that judges %d together: expected packing 1"
              .formatted(networks.packing()));
    }
    int width = networks.featureWidth();
    backbone = child("backbone", networks.discriminator(manager));
    latent = child("latent", new Linear(manager, width, networks.latentWidth(), Weighting.TORCH));
    NDArray table = generator.parameters().get(LABELS);
    embedding =
        table == null
            ? List.of()
            : List.of(
                child(
                    "embedding",
                    new Linear(manager, width, table.getShape().get(1), Weighting.TORCH)));
  }

  /**
   * {@code F}.
   *
   * @param x images {@code [N, C, H, W]} in [-1, 1]
   * @return {@code [N, featureWidth]}
   */
  public NDArray features(NDArray x, Mode mode) {
    return backbone.features(x, mode);
  }

  /** {@code F_z}: features {@code [N, featureWidth]} to latent vectors {@code [N, latentWidth]}. */
  public NDArray latent(NDArray features, Mode mode) {
    return latent.forward(features, mode);
  }

  /** Whether labels are inferred. */
  boolean labeled() {
    return !embedding.isEmpty();
  }

  /**
   * {@code F_c}: features {@code [N, featureWidth]} to scores {@code [N, labels]} of the labels of
   * the generator.
   */
  public NDArray labels(NDArray features, LabelGenerator generator, Mode mode) {
    NDArray predicted = embedding.get(0).forward(features, mode);
    NDArray table = generator.parameters().get(LABELS);
    return OPS.run(predicted.getManager(), "scores", predicted, table);
  }

  /** The parameters that the outputs depend on. */
  Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new LinkedHashMap<>(parameters());
    trained.keySet().removeIf(name -> name.startsWith(UNUSED));
    return trained;
  }
}
