package partita.models.gan;

import ai.djl.ndarray.NDManager;
import java.io.Serializable;
import java.util.List;

/** Shapes of a generator and a discriminator that are conditioned on a label or on nothing. */
public interface GanNetworks extends Serializable {

  /** How the label enters the networks. */
  enum Labeling {
    /** Not at all: the unconditional GAN, packed or not. */
    NONE,
    /**
     * G is given an embedding of unit length beside z, D has one output for each label (Liu et al.,
     * "Diverse image generation via self-conditioned GANs", CVPR 2020, section 4.1).
     */
    EMBEDDED,
    /**
     * The label chooses one of k generators that share all but their first layer; D is not
     * conditioned and also tells the generators apart (MGAN: Hoang et al., ICLR 2018).
     */
    MIXTURE
  }

  Labeling labeling();

  /** Number of labels k, 0 without. */
  int labels();

  /** Samples that D judges together as one, 1 for the ordinary discriminator (PacGAN's m). */
  int packing();

  /** Numbers in z. */
  int latentWidth();

  /** Shape of one sample: {@code [2]} or {@code [C, H, W]}. */
  List<Integer> sampleShape();

  /** Dimensions of D's last hidden layer. */
  int featureWidth();

  /** A generator whose arrays belong to the manager; not initialized. */
  LabelGenerator generator(NDManager manager);

  /** A discriminator whose arrays belong to the manager; not initialized. */
  LabelDiscriminator discriminator(NDManager manager);
}
