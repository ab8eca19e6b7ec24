package partita.pipelines.exchange;

import java.nio.file.Path;
import java.util.List;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.system.ImportedNetwork;

/** Takes over the weights of a network that others trained. */
public final class NetworkImport {
  private NetworkImport() {}

  /**
   * The stage that commits the weights, once all names and shapes were found to fit. It is the same
   * as that of an experiment which embeds by this file, so neither runs if the other did.
   *
   * @param network architecture, {@code resnet-50}
   * @throws BadInputException if there is no such architecture, or the file is of another
   */
  public static StageGraph graph(String network, Path file) {
    return StageGraph.of("import/" + network, List.of(ImportedNetwork.of(network).importing(file)));
  }
}
