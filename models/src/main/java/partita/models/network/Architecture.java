package partita.models.network;

import ai.djl.ndarray.NDManager;
import java.io.Serializable;

/** What a {@link PretrainedNetwork} is built from, but for its weights: a record. */
public sealed interface Architecture extends Serializable
    permits AlexNet.Config,
        InceptionV3.Config,
        ResNetConfig,
        SqueezeNet.Config,
        UNet.Config,
        Vgg.Config {

  /** Name of the kind of network, {@code resnet}; it stands before the names of its arrays. */
  String family();

  /** Name of the very network, {@code resnet-50}: what metrics in its features are called by. */
  String name();

  /** The last layer before the class scores, whose output describes an image. */
  String featureLayer();

  /** Number of class scores, 0 for a network that ends with its features. */
  int classes();

  /**
   * The same with another number of classes.
   *
   * @throws IllegalArgumentException if the network never has so many
   */
  Architecture withClasses(int classes);

  /** The array that gives the class scores: its first dimension is the number of classes. */
  String head();

  /** An array that all networks of this family have and no others. */
  String landmark();

  /** The network, its weights still zero. */
  PretrainedNetwork build(NDManager manager);

  /** Refuses a negative number of classes. */
  static void checkClasses(String network, int classes) {
    if (classes < 0) {
      throw new IllegalArgumentException(
          "Cannot build %s: classes is %d, expected at least 0".formatted(network, classes));
    }
  }
}
