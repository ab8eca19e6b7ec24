package partita.pipelines.system;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.Stage;

/** The architectures that weights can be imported for, by the names that settings give them. */
public final class ImportedNetworks {
  /** That of the experiments that come with Partita. */
  private static final long SEED = 1;

  private ImportedNetworks() {}

  /** Their names, {@code resnet-50}. */
  public static List<String> names() {
    return Arrays.stream(EmbeddingSettings.ImportedNetwork.values())
        .map(ImportedNetworks::name)
        .toList();
  }

  /**
   * The stage that imports a file.
   *
   * @throws BadInputException if there is no such architecture, or the file is of another
   */
  public static Stage stage(String network, Path file) {
    EmbeddingSettings.ImportedNetwork known =
        Arrays.stream(EmbeddingSettings.ImportedNetwork.values())
            .filter(each -> name(each).equals(network))
            .findFirst()
            .orElseThrow(() -> NearestName.unknown("network", network, names()));
    EmbeddingSettings.Imported settings =
        new EmbeddingSettings.Imported(
            known, Optional.empty(), file.toString(), Optional.empty(), Optional.empty(), false);
    return EmbeddingStage.imported(settings, SEED, file).stage();
  }

  private static String name(EmbeddingSettings.ImportedNetwork network) {
    return network.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
