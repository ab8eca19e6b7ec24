package partita.pipelines.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import partita.models.network.ConvNetConfig;
import partita.models.network.PretrainedNetwork;
import partita.transforms.download.PinnedDownload;

/** The network whose features partition the data and score the samples; {@code network} chooses. */
// Named, since the order of choices in messages follows it.
public sealed interface EmbeddingSettings
    permits EmbeddingSettings.Classifier, EmbeddingSettings.Imported {

  /** Name of the network, {@code fashion-classifier}. */
  String networkName();

  /** Named layer whose output embeds, if another than the network's usual one was asked for. */
  Optional<String> layer();

  /** The network's usual layer. */
  String usualLayer();

  /** Layer whose output embeds. */
  default String embeddingLayer() {
    return layer().orElse(usualLayer());
  }

  /**
   * Name of the feature space in metrics, {@code fashion-classifier}, or {@code resnet-50:layer3}
   * for another layer than the usual one: figures of two layers do not compare.
   */
  default String nameInMetrics() {
    return embeddingLayer().equals(usualLayer())
        ? networkName()
        : networkName() + ":" + embeddingLayer();
  }

  /** Whether features of flipped training images are kept too. */
  boolean mirrored();

  /** {@code classifier}. */
  enum TrainedNetwork {
    CLASSIFIER
  }

  /**
   * A classifier trained on the data set's own labels.
   *
   * @param network {@code classifier}
   * @param name its name in metrics, {@code fashion-classifier}
   * @param layer whose output embeds, averaged over positions, as {@link ConvNetConfig#layers()}
   *     names them; the layer before the class scores if left out
   * @param width channels of its first convolution
   * @param featureWidth channels of its last
   * @param epochs passes over the training images
   * @param batchSize images a step
   * @param learningRate Adam's learning rate at the start
   * @param flips whether training flips half of the images from left to right
   * @param mirrored whether features of flipped training images are kept too
   */
  record Classifier(
      TrainedNetwork network,
      String name,
      Optional<String> layer,
      int width,
      int featureWidth,
      int epochs,
      int batchSize,
      double learningRate,
      boolean flips,
      boolean mirrored)
      implements EmbeddingSettings {

    @Override
    public String networkName() {
      return name;
    }

    @Override
    public String usualLayer() {
      return ConvNetConfig.FEATURES;
    }
  }

  /**
   * A network that others trained.
   *
   * @param network its architecture, {@code resnet-50}, {@code inception-v3-fid}, ...
   * @param name its name in metrics; that of the architecture if left out
   * @param weights file that {@code torch.save} wrote, or the http(s) URL of one
   * @param sha256 of the file, 64 hexadecimal digits; a URL needs it
   * @param layer whose output embeds, averaged over positions, as {@link
   *     PretrainedNetwork#layers()} names them; the last one before the class scores if left out
   * @param mirrored whether features of flipped training images are kept too
   */
  record Imported(
      ImportedNetwork network,
      Optional<String> name,
      String weights,
      Optional<String> sha256,
      Optional<String> layer,
      boolean mirrored)
      implements EmbeddingSettings {

    public Imported {
      sha256 = sha256.map(digest -> digest.toLowerCase(Locale.ROOT));
      List<String> errors = new ArrayList<>();
      if (weights.isBlank()) {
        errors.add(
            "weights is empty, expected a file of torch.save or its URL; that of the makers of %s is %s"
                .formatted(network.word(), network.officialFile()));
      }
      sha256
          .filter(digest -> !PinnedDownload.isSha256(digest))
          .ifPresent(
              digest ->
                  errors.add("sha256 is '%s', expected 64 hexadecimal digits".formatted(digest)));
      if (PinnedDownload.isUrl(weights) && sha256.isEmpty()) {
        errors.add(
            "weights is a URL and sha256 is missing; name the file's SHA-256, 64 hexadecimal digits, as sha256sum prints it for a copy that you trust");
      }
      if (!errors.isEmpty()) {
        throw new IllegalArgumentException(String.join("; ", errors));
      }
    }

    @Override
    public String usualLayer() {
      return network.architecture().featureLayer();
    }

    @Override
    public String networkName() {
      return name.orElse(network.word());
    }
  }
}
