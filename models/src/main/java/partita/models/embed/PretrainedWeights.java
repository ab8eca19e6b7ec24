package partita.models.embed;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import partita.models.network.AlexNet;
import partita.models.network.Architecture;
import partita.models.network.InceptionV3;
import partita.models.network.PretrainedNetwork;
import partita.models.network.ResNetConfig;
import partita.models.network.SqueezeNet;
import partita.models.network.UNet;
import partita.models.network.Vgg;
import partita.models.train.NamedTensor;
import partita.models.weights.StoredTensor;
import partita.models.weights.TorchvisionNames;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;
import partita.models.weights.WeightImport;

/**
 * The weights of a network out of a file that others wrote. The file says how many classes there
 * are: as many as the array that gives the class scores has rows, none without it.
 */
public final class PretrainedWeights {
  private static final List<Architecture> KNOWN =
      List.of(
          new AlexNet.Config(0),
          new InceptionV3.Config(InceptionV3.Variant.CLASSIFICATION, 0),
          ResNetConfig.resNet50(0),
          new SqueezeNet.Config(0),
          new UNet.Config(UNet.Config.CELEB_A_MASK_HQ, 0),
          new Vgg.Config(16, 0));

  private PretrainedWeights() {}

  /**
   * The network that a file holds.
   *
   * @param architecture with the number of classes that the file has
   * @param layers named layers from input to output, with the number of channels of each
   */
  public record Found(Architecture architecture, Map<String, Integer> layers) {}

  /**
   * The network that a file holds, once all names and shapes were found to fit.
   *
   * @param expected its architecture, but for the number of classes
   * @throws WeightFileException if the file is damaged or of another architecture
   */
  public static Found check(WeightFile file, Architecture expected) throws IOException {
    Map<String, StoredTensor> tensors = TorchvisionNames.of(file);
    requireFamily(file, tensors, expected);
    Architecture architecture = withClasses(file, tensors, expected);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      PretrainedNetwork network = architecture.build(manager);
      WeightImport.of(network, architecture.family(), file);
      return new Found(architecture, network.layers());
    }
  }

  /**
   * The tensors of a network, their elements still in the file. Names are those of the network's
   * arrays behind the name of its family and a slash.
   *
   * @throws WeightFileException naming all that does not fit
   */
  public static List<NamedTensor> read(WeightFile file, Architecture architecture)
      throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return WeightImport.of(architecture.build(manager), architecture.family(), file);
    }
  }

  /** Tells a network of another kind by one of its arrays, rather than by all that do not fit. */
  private static void requireFamily(
      WeightFile file, Map<String, StoredTensor> tensors, Architecture expected)
      throws WeightFileException {
    if (tensors.containsKey(expected.landmark())) {
      return;
    }
    for (Architecture other : KNOWN) {
      if (tensors.containsKey(other.landmark())) {
        throw new WeightFileException(
            "Cannot use weights %s for %s: they have %s as %s has, and no %s; choose the file of this network, or the network of this file"
                .formatted(
                    file.path(),
                    expected.family(),
                    other.landmark(),
                    other.family(),
                    expected.landmark()));
      }
    }
  }

  private static Architecture withClasses(
      WeightFile file, Map<String, StoredTensor> tensors, Architecture expected)
      throws WeightFileException {
    StoredTensor head = tensors.get(expected.head());
    boolean rows = head != null && head.shape().size() > 1;
    try {
      return expected.withClasses(rows ? Math.toIntExact(head.shape().get(0)) : 0);
    } catch (IllegalArgumentException e) {
      throw new WeightFileException(
          "Cannot use weights %s: %s".formatted(file.path(), e.getMessage()), e);
    }
  }
}
