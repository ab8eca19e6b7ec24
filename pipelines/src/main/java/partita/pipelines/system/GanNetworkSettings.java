package partita.pipelines.system;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import partita.models.gan.DeepDcgan;
import partita.models.gan.GanNetworks;
import partita.models.gan.GanNetworks.Labeling;
import partita.models.gan.ImageGanConfig;
import partita.models.gan.ImageGanNetworks;
import partita.models.gan.MeschederResNet;
import partita.models.gan.MlpNetworks;
import partita.models.gan.ShallowDcgan;
import partita.pipelines.dag.BadInputException;

/** Architecture of a generator and a discriminator; {@code architecture} chooses. */
public sealed interface GanNetworkSettings {

  /** Samples that D judges together (PacGAN's m), 1 for the ordinary discriminator. */
  int packing();

  /**
   * The networks.
   *
   * @param labels number of labels, 0 without
   * @param data what they learn
   * @throws IllegalArgumentException when they cannot learn it
   */
  GanNetworks networks(Labeling labeling, int labels, GanDataSettings data);

  /**
   * Refuses networks for other data, whose keys would all read as misspelled.
   *
   * @param architecture the value in the YAML file
   * @param points whether the data are points
   * @throws BadInputException when it is one of those for the other kind of data
   */
  static void requireFor(String architecture, boolean points) {
    List<String> others = names(points ? ImageArchitecture.values() : MlpArchitecture.values());
    if (others.contains(architecture.toLowerCase(Locale.ROOT))) {
      throw new BadInputException(
          "Cannot train '%s' on %s: expected network.architecture to be %s"
              .formatted(
                  architecture,
                  points ? "points" : "images",
                  String.join(
                      " or ",
                      names(points ? MlpArchitecture.values() : ImageArchitecture.values()))));
    }
  }

  private static List<String> names(Enum<?>[] architectures) {
    return Stream.of(architectures)
        .map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

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
    public GanNetworks networks(Labeling labeling, int labels, GanDataSettings data) {
      if (!(data instanceof PointSettings)) {
        throw new IllegalArgumentException(
            "Cannot build networks for points: %s are images; set network.architecture=resnet"
                .formatted(data.name()));
      }
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

  /** Architectures for images. */
  enum ImageArchitecture {
    /** DCGAN whose discriminator has batch normalization: Stacked-MNIST. */
    SHALLOW_DCGAN,
    /** DCGAN whose discriminator has no normalization: CIFAR-10. */
    DEEP_DCGAN,
    /** The residual networks of Mescheder et al., for any multiple of 32 pixels. */
    RESNET
  }

  /**
   * Convolutional networks.
   *
   * @param architecture {@code shallow-dcgan}, {@code deep-dcgan} or {@code resnet}
   * @param latentWidth numbers in z
   * @param width channels of the layers next to the images, 64 in the paper
   */
  record Convolutional(ImageArchitecture architecture, int packing, int latentWidth, int width)
      implements GanNetworkSettings {

    @Override
    public GanNetworks networks(Labeling labeling, int labels, GanDataSettings data) {
      if (!(data instanceof DatasetSettings images)) {
        throw new IllegalArgumentException(
            "Cannot build networks for images: %s are points; set network.architecture=mlp"
                .formatted(data.name()));
      }
      ImageGanConfig config =
          new ImageGanConfig(labeling, labels, packing, latentWidth, images.channels(), width);
      ImageGanNetworks networks =
          switch (architecture) {
            case SHALLOW_DCGAN -> new ShallowDcgan(config);
            case DEEP_DCGAN -> new DeepDcgan(config);
            case RESNET -> new MeschederResNet(config, images.resolution());
          };
      if (networks.resolution() != images.resolution()) {
        throw new IllegalArgumentException(
            "Cannot train on images of %d pixels: the networks make %d; set dataset.resolution=%d or network.architecture=resnet"
                .formatted(images.resolution(), networks.resolution(), networks.resolution()));
      }
      return networks;
    }
  }
}
