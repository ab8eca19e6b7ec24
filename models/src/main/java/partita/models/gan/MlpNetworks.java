package partita.models.gan;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks for points in the plane: a generator of four hidden layers with batch normalization and
 * ReLU, a discriminator of three maxout layers (Liu et al., "Diverse image generation via
 * self-conditioned GANs", CVPR 2020, section 4.2; sizes of the authors' code, which follows
 * PacGAN).
 *
 * @param labels number of labels or of mixed generators k, 0 without
 * @param packing points that D judges together, 1 unless unlabeled
 * @param latentWidth numbers in z
 * @param embeddingWidth numbers in a label's embedding, 0 without embedding
 * @param generatorWidth units in a hidden layer of G
 * @param discriminatorWidth units in a layer of D, each the largest of its pieces
 * @param pieces linear pieces of a maxout unit
 */
public record MlpNetworks(
    Labeling labeling,
    int labels,
    int packing,
    int latentWidth,
    int embeddingWidth,
    int generatorWidth,
    int discriminatorWidth,
    int pieces)
    implements GanNetworks {
  /** Numbers in a point. */
  static final int POINT = 2;

  public MlpNetworks {
    List<String> errors = new ArrayList<>();
    if (labeling == Labeling.NONE ? labels != 0 : labels < 1) {
      errors.add(
          "labels is %d, expected %s with labeling %s"
              .formatted(labels, labeling == Labeling.NONE ? "0" : "at least 1", labeling));
    }
    if (packing < 1 || (packing > 1 && labeling != Labeling.NONE)) {
      errors.add(
          "packing is %d, expected at least 1, and 1 with labels since points of one pack have labels of their own"
              .formatted(packing));
    }
    if (labeling == Labeling.EMBEDDED ? embeddingWidth < 1 : embeddingWidth != 0) {
      errors.add(
          "embeddingWidth is %d, expected %s with labeling %s"
              .formatted(
                  embeddingWidth, labeling == Labeling.EMBEDDED ? "at least 1" : "0", labeling));
    }
    if (latentWidth < 1 || generatorWidth < 1 || discriminatorWidth < 1 || pieces < 1) {
      errors.add(
          "latentWidth, generatorWidth, discriminatorWidth and pieces are %d, %d, %d and %d, expected at least 1 each"
              .formatted(latentWidth, generatorWidth, discriminatorWidth, pieces));
    }
    if (!errors.isEmpty()) {
      throw new IllegalArgumentException("Cannot build networks: " + String.join("; ", errors));
    }
  }

  /** The paper's sizes, conditioned on {@code k} labels. */
  public static MlpNetworks conditional(int k) {
    return new MlpNetworks(Labeling.EMBEDDED, k, 1, 2, 32, 400, 200, 5);
  }

  @Override
  public List<Integer> sampleShape() {
    return List.of(POINT);
  }

  @Override
  public int featureWidth() {
    return discriminatorWidth;
  }

  @Override
  public MlpGenerator generator(NDManager manager) {
    return new MlpGenerator(manager, this);
  }

  @Override
  public MlpDiscriminator discriminator(NDManager manager) {
    return labeling == Labeling.MIXTURE
        ? new MlpMixtureDiscriminator(manager, this)
        : new MlpDiscriminator(manager, this);
  }
}
