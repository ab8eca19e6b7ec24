package partita.pipelines.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import partita.models.network.UNet;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.system.ImportedNetwork;

/** Takes over the weights of a network that others trained. */
public final class NetworkImport {
  /** It segments and embeds nothing, so no experiment has it. */
  private static final String U_NET = new UNet.Config(UNet.Config.CELEB_A_MASK_HQ, 0).family();

  private NetworkImport() {}

  /**
   * The stage that commits the weights, once all names and shapes were found to fit. It is the same
   * as that of an experiment which embeds by this file, or of a score by it, so neither runs if the
   * other did.
   *
   * @param network architecture, {@code resnet-50}
   * @throws BadInputException if there is no such architecture, or the file is of another
   */
  public static StageGraph graph(String network, Path file) {
    return StageGraph.of("import/" + network, List.of(stage(network, file)));
  }

  private static Stage stage(String network, Path path) {
    if (!network.equals(U_NET)) {
      List<String> all = new ArrayList<>(ImportedNetwork.words());
      if (!all.contains(network)) {
        all.add(U_NET);
        throw NearestName.unknown("network", network, all);
      }
      return ImportedNetwork.of(network).importing(path);
    }
    try (WeightFile file = WeightFile.open(path)) {
      return UNetImport.stage(path, UNetImport.check(file));
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }
}
