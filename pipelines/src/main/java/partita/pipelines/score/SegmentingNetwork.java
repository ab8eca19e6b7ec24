package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import partita.models.network.Architecture;
import partita.models.network.UNet;
import partita.models.weights.ScriptFile;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.pipelines.exchange.UNetImport;
import partita.schemas.artifact.Sha256;
import partita.transforms.score.Naming;
import partita.transforms.score.SegmentedImages;

/**
 * The network that segments images to be scored: a UNet's file of weights, which is imported, or a
 * TorchScript module, which is run as it is.
 *
 * @param file the file
 * @param weights imports the weights; absent for a module
 * @param naming how its figures are named
 */
record SegmentingNetwork(Path file, Optional<Stage> weights, Naming naming) {
  private static final String SCRIPT = "torchscript";

  /**
   * Looks at a file.
   *
   * @throws BadInputException when it is missing, damaged, of another network, or a module whose
   *     code is refused
   */
  static SegmentingNetwork open(String given) {
    Path path = Path.of(given);
    try {
      if (!Files.isRegularFile(path)) {
        throw new IOException(
            "Cannot use network %s: there is no such file; segmentation takes a UNet's weights or a TorchScript module"
                .formatted(given));
      }
      Optional<UNet.Config> uNet = uNet(path);
      if (uNet.isEmpty()) {
        ScriptFile.check(path);
        String name = String.valueOf(path.getFileName());
        return new SegmentingNetwork(
            path,
            Optional.empty(),
            new Naming(name, Sha256.of(path), false, "TorchScript sees RGB in [0, 1]"));
      }
      return new SegmentingNetwork(
          path,
          Optional.of(UNetImport.stage(path, uNet.get())),
          new Naming(uNet.get().name(), Sha256.of(path), false, "UNet sees RGB in [-1, 1]"));
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The UNet that a file holds; absent for a module, which runs whatever it is. */
  private static Optional<UNet.Config> uNet(Path path) throws IOException {
    try (WeightFile file = WeightFile.open(path)) {
      if (file.format().equals(SCRIPT)) {
        return Optional.empty();
      }
      Architecture found = KnownArchitecture.of(file, Optional.empty());
      if (!(found instanceof UNet.Config)) {
        throw new BadInputException(
            "Cannot segment with %s of %s: expected a UNet's weights or a TorchScript module"
                .formatted(found.name(), path));
      }
      return Optional.of(UNetImport.check(file));
    }
  }

  /** Adds it to the inputs of a stage that segments. */
  void addTo(Map<String, Stage> stages, Map<String, RawInput> files) {
    if (weights.isPresent()) {
      stages.put(SegmentedImages.NETWORK, weights.get());
    } else {
      files.put(SegmentedImages.NETWORK, RawInput.of(file));
    }
  }
}
