package partita.models.embed;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import partita.models.network.ResNet;
import partita.models.network.ResNetConfig;
import partita.models.train.NamedTensor;
import partita.models.weights.StoredTensor;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;
import partita.models.weights.WeightImport;

/**
 * A ResNet's weights out of a file. The file says how many classes there are: as many as {@code fc}
 * has outputs, none without it.
 */
public final class ResNetWeights {
  /** Before the names of the tensors. */
  public static final String NETWORK = "resnet";

  private static final String HEAD = "fc.weight";

  private ResNetWeights() {}

  /**
   * The network that a file holds, once all names and shapes were found to fit.
   *
   * @param architecture its shape, but for the number of classes
   * @throws WeightFileException if the file is damaged or of another architecture
   */
  public static ResNetConfig check(WeightFile file, ResNetConfig architecture) throws IOException {
    Map<String, StoredTensor> tensors = file.tensors();
    StoredTensor head = tensors.get(HEAD);
    boolean matrix = head != null && head.shape().size() == 2;
    ResNetConfig config =
        architecture.withClasses(matrix ? Math.toIntExact(head.shape().get(0)) : 0);
    read(file, config);
    return config;
  }

  /**
   * The tensors of a network, their elements still in the file.
   *
   * @throws WeightFileException naming all that does not fit
   */
  public static List<NamedTensor> read(WeightFile file, ResNetConfig config) throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      return WeightImport.of(new ResNet(manager, config), NETWORK, file);
    }
  }
}
