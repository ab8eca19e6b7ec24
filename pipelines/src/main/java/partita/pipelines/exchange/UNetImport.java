package partita.pipelines.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import partita.models.embed.PretrainedWeights;
import partita.models.network.UNet;
import partita.models.weights.StoredTensor;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.transforms.feature.ImportWeightsTask;

/** A segmentation network's weights, which no experiment embeds with. */
public final class UNetImport {
  private UNetImport() {}

  /** The UNet that arrays are of, as wide as they are, but for its classes. */
  public static UNet.Config expected(Map<String, StoredTensor> tensors) {
    return UNet.Config.of(
        tensors.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().shape())));
  }

  /**
   * The UNet of a file.
   *
   * @throws partita.models.weights.WeightFileException when it is damaged or of another network
   */
  public static UNet.Config check(WeightFile file) throws IOException {
    return (UNet.Config) PretrainedWeights.check(file, expected(file.tensors())).architecture();
  }

  /** The stage that takes the weights over. */
  public static Stage stage(Path file, UNet.Config config) {
    return new Stage(
        "weights",
        new ImportWeightsTask(config),
        1,
        Map.of(),
        Map.of(ImportWeightsTask.FILE, RawInput.of(file)));
  }
}
