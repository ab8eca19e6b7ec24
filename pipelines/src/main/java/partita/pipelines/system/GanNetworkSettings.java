package partita.pipelines.system;

import partita.models.gan.GanNetworks;
import partita.models.gan.GanNetworks.Labeling;
import partita.models.gan.MlpNetworks;

/** Architecture of a generator and a discriminator; {@code architecture} chooses. */
public sealed interface GanNetworkSettings {

  /** Samples that D judges together (PacGAN's m), 1 for the ordinary discriminator. */
  int packing();

  /**
   * The networks.
   *
   * @param labels number of labels, 0 without
   */
  GanNetworks networks(Labeling labeling, int labels);

  /** {@code mlp}. */
  enum MlpArchitecture {
    MLP
  }

  /**
   * The networks for points in the plane, of PacGAN.
   *
   * @param architecture {@code mlp}
   * @param latentWidth numbers in z
   * @param embeddingWidth numbers in a label's embedding
   * @param generatorWidth of each of G's four hidden layers
   * @param discriminatorWidth of each of D's three maxout layers
   * @param pieces linear pieces of a maxout unit
   */
  record Mlp(
      MlpArchitecture architecture,
      int packing,
      int latentWidth,
      int embeddingWidth,
      int generatorWidth,
      int discriminatorWidth,
      int pieces)
      implements GanNetworkSettings {

    @Override
    public GanNetworks networks(Labeling labeling, int labels) {
      return new MlpNetworks(
          labeling,
          labels,
          packing,
          latentWidth,
          labeling == Labeling.EMBEDDED ? embeddingWidth : 0,
          generatorWidth,
          discriminatorWidth,
          pieces);
    }
  }
}
