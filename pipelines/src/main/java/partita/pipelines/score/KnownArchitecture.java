package partita.pipelines.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import partita.models.embed.FidProtocol;
import partita.models.embed.InputPreparation;
import partita.models.network.AlexNet;
import partita.models.network.Architecture;
import partita.models.network.InceptionV3;
import partita.models.network.InceptionV3.Variant;
import partita.models.network.ResNetConfig;
import partita.models.network.SqueezeNet;
import partita.models.network.Vgg;
import partita.models.weights.StoredTensor;
import partita.models.weights.TorchvisionNames;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.exchange.UNetImport;

/** Which architecture a file of weights is of, as the names of its arrays tell. */
final class KnownArchitecture {
  private static final Pattern BLOCK = Pattern.compile("layer(\\d+)\\.(\\d+)\\.conv1\\.weight");
  private static final String STEM = "conv1.weight";
  private static final int FID_CLASSES = 1008;

  /** The last convolution of VGG19, which VGG16 has not. */
  private static final String LAST_OF_VGG_19 = "features.34.weight";

  private KnownArchitecture() {}

  /**
   * The architecture, but for its number of classes.
   *
   * @param protocol tells which Inception it is where the file has no class scores
   * @throws BadInputException when it is none of those known
   */
  static Architecture of(WeightFile file, Optional<FidProtocol> protocol) throws IOException {
    Map<String, StoredTensor> tensors = TorchvisionNames.of(file);
    List<Architecture> known =
        List.of(
            new InceptionV3.Config(variant(tensors, protocol), 0),
            resNet(tensors),
            new AlexNet.Config(0),
            new SqueezeNet.Config(0),
            UNetImport.expected(tensors),
            new Vgg.Config(tensors.containsKey(LAST_OF_VGG_19) ? 19 : 16, 0));
    return known.stream()
        .filter(architecture -> tensors.containsKey(architecture.landmark()))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "Cannot use network %s: its arrays (%s, ...) are those of no known network; expected one of %s"
                        .formatted(
                            file.path(),
                            tensors.keySet().stream().findFirst().orElse("none"),
                            known.stream().map(Architecture::family).toList())));
  }

  private static Variant variant(
      Map<String, StoredTensor> tensors, Optional<FidProtocol> protocol) {
    StoredTensor head = tensors.get("fc.weight");
    if (head == null || head.shape().isEmpty()) {
      return protocol.map(FidProtocol::variant).orElse(Variant.FID);
    }
    return head.shape().get(0) == FID_CLASSES ? Variant.FID : Variant.CLASSIFICATION;
  }

  private static ResNetConfig resNet(Map<String, StoredTensor> tensors) {
    List<Integer> blocks = new ArrayList<>();
    for (String name : tensors.keySet()) {
      Matcher block = BLOCK.matcher(name);
      if (block.matches()) {
        int stage = Integer.parseInt(block.group(1));
        while (blocks.size() < stage) {
          blocks.add(0);
        }
        int count = Integer.parseInt(block.group(2)) + 1;
        blocks.set(stage - 1, Math.max(blocks.get(stage - 1), count));
      }
    }
    StoredTensor stem = tensors.get(STEM);
    return blocks.isEmpty() || blocks.contains(0) || stem == null || stem.shape().isEmpty()
        ? ResNetConfig.resNet50(0)
        : new ResNetConfig(blocks, Math.toIntExact(stem.shape().get(0)), 0);
  }

  /** Whether this is the network that a protocol is defined by, its very file. */
  static boolean official(Architecture architecture, String digest, InputPreparation preparation) {
    return architecture instanceof InceptionV3.Config inception
        && preparation instanceof FidProtocol protocol
        && protocol.variant() == inception.variant()
        && protocol.isOfficial(digest);
  }
}
