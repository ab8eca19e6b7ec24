package partita.pipelines.system;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import partita.models.network.AlexNet;
import partita.models.network.Architecture;
import partita.models.network.InceptionV3;
import partita.models.network.ResNetConfig;
import partita.models.network.SqueezeNet;
import partita.models.network.Vgg;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.Stage;

/**
 * Networks that weights can be imported for, with the file that their makers give. Eight
 * hexadecimal digits before the end of a file's name are the first of its SHA-256; their makers
 * publish no more of it. Other files fit as well:
 *
 * <ul>
 *   <li>{@code resnet-50}: SwAV's, {@code
 *       https://dl.fbaipublicfiles.com/deepcluster/swav_800ep_pretrain.pth.tar}; torchvision's
 *       second training, {@code https://download.pytorch.org/models/resnet50-11ad3fa6.pth}, and its
 *       older copy of the first, {@code https://download.pytorch.org/models/resnet50-19c8e357.pth};
 *   <li>{@code inception-v3-fid}: torch-fidelity's copy of the same arrays, {@code
 *       https://github.com/toshas/torch-fidelity/releases/download/v0.2.0/weights-inception-2015-12-05-6726825d.pth};
 *       NVIDIA's TorchScript translation, {@code
 *       https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/metrics/inception-2015-12-05.pt}.
 * </ul>
 */
public enum ImportedNetwork {
  RESNET_50(ResNetConfig.resNet50(0), "https://download.pytorch.org/models/resnet50-0676ba61.pth"),

  /** The network of FID and of the inception score. */
  INCEPTION_V3_FID(
      new InceptionV3.Config(InceptionV3.Variant.FID, 0),
      "https://github.com/mseitzer/pytorch-fid/releases/download/fid_weights/pt_inception-2015-12-05-6726825d.pth"),

  /** Torchvision's, which the PyTorch code of BigGAN and IC-GAN scores with. */
  INCEPTION_V3(
      new InceptionV3.Config(InceptionV3.Variant.CLASSIFICATION, 0),
      "https://download.pytorch.org/models/inception_v3_google-0cc3c7bd.pth"),

  ALEXNET(new AlexNet.Config(0), "https://download.pytorch.org/models/alexnet-owt-7be5be79.pth"),

  VGG_16(new Vgg.Config(16, 0), "https://download.pytorch.org/models/vgg16-397923af.pth"),

  VGG_19(new Vgg.Config(19, 0), "https://download.pytorch.org/models/vgg19-dcbb9e9d.pth"),

  SQUEEZENET(
      new SqueezeNet.Config(0), "https://download.pytorch.org/models/squeezenet1_1-b8a52dc0.pth");

  @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
  private final Architecture architecture;

  private final String officialFile;

  ImportedNetwork(Architecture architecture, String officialFile) {
    this.architecture = architecture;
    this.officialFile = officialFile;
  }

  /** Its shape, but for the number of classes. */
  Architecture architecture() {
    return architecture;
  }

  /** URL of its makers' weights. */
  String officialFile() {
    return officialFile;
  }

  /** Its name in settings and metrics, {@code resnet-50}. */
  String word() {
    return architecture.name();
  }

  /**
   * The network of a name.
   *
   * @throws BadInputException if there is none; names the nearest
   */
  public static ImportedNetwork of(String word) {
    return Arrays.stream(values())
        .filter(network -> network.word().equals(word))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown("network", word, words()));
  }

  /** Names of all. */
  public static List<String> words() {
    return Arrays.stream(values()).map(ImportedNetwork::word).toList();
  }

  /**
   * The stage that takes a file over, with the seed of the experiments that come with Partita.
   *
   * @throws BadInputException if the file is of another network
   */
  public Stage importing(Path file) {
    EmbeddingSettings.Imported settings =
        new EmbeddingSettings.Imported(
            this, Optional.empty(), file.toString(), Optional.empty(), Optional.empty(), false);
    return EmbeddingStage.imported(settings, 1, file).stage();
  }
}
