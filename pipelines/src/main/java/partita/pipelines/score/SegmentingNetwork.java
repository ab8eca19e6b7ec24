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
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.Sha256;
import partita.transforms.feature.NetworkArtifact;
import partita.transforms.score.Naming;
import partita.transforms.score.SegmentTask;

/**
 * The network that segments images to be scored: a UNet's weights, which are imported, or a
 * TorchScript module, which is run as it is.
 *
 * @param weights has the weights as its artifact; absent for a module
 * @param module the module's file; absent for weights
 * @param naming how its figures are named
 */
record SegmentingNetwork(Optional<Stage> weights, Optional<Path> module, Naming naming) {
  private static final String SCRIPT = "torchscript";
  private static final int IMAGES_PER_SHARD = 256;

  /**
   * Finds a network and looks at it.
   *
   * @param given file of a UNet's weights or of a module; or the beginning of an artifact's key,
   *     {@code experiment:stage}, or the name of an imported network
   * @throws BadInputException when it is missing, damaged, of another network, or a module whose
   *     code is refused
   */
  static SegmentingNetwork open(String given, ArtifactStore store) throws IOException {
    Path path = Path.of(given);
    return Files.exists(path)
        ? ofFile(path)
        : ofArtifact(given, NetworkName.find(given, store), store);
  }

  private static SegmentingNetwork ofFile(Path path) {
    try (WeightFile file = WeightFile.open(path)) {
      String digest = Sha256.of(path);
      if (file.format().equals(SCRIPT)) {
        ScriptFile.check(path);
        String name = String.valueOf(path.getFileName());
        return new SegmentingNetwork(
            Optional.empty(),
            Optional.of(path),
            new Naming(name, digest, false, "TorchScript sees RGB in [0, 1]"));
      }
      requireUNet(KnownArchitecture.of(file, Optional.empty()), path.toString());
      UNet.Config uNet = UNetImport.check(file);
      return ofUNet(uNet, UNetImport.stage(path, uNet), digest);
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SegmentingNetwork ofArtifact(
      String given, Manifest artifact, ArtifactStore store) {
    try {
      Optional<Architecture> found = NetworkArtifact.describe(store, artifact).architecture();
      if (found.isEmpty()) {
        throw new BadInputException(
            "Cannot segment with network %s: it was trained here to classify, expected a UNet's weights or a TorchScript module"
                .formatted(given));
      }
      UNet.Config uNet = requireUNet(found.get(), given);
      return ofUNet(uNet, NetworkName.adopt(artifact), artifact.contentDigest());
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static UNet.Config requireUNet(Architecture found, String given) {
    if (found instanceof UNet.Config uNet) {
      return uNet;
    }
    throw new BadInputException(
        "Cannot segment with %s of %s: expected a UNet's weights or a TorchScript module"
            .formatted(found.name(), given));
  }

  private static SegmentingNetwork ofUNet(UNet.Config uNet, Stage weights, String digest) {
    return new SegmentingNetwork(
        Optional.of(weights),
        Optional.empty(),
        new Naming(uNet.name(), digest, false, "UNet sees RGB in [-1, 1]"));
  }

  /**
   * The stage that segments a set of images, once for all metrics.
   *
   * @throws BadInputException when the network takes no images of this size
   */
  Stage segment(ScoredSet images) {
    ScoredSet.Images size = (ScoredSet.Images) images.content();
    boolean fits = size.height() % UNet.SIDE_STEP == 0 && size.width() % UNet.SIDE_STEP == 0;
    if (weights.isPresent() && !fits) {
      throw new BadInputException(
          "Cannot segment %s, images of %d x %d, with a UNet: expected sides that are multiples of %d; say by --resize=SIDE to which square all are to be brought"
              .formatted(images.given(), size.width(), size.height(), UNet.SIDE_STEP));
    }
    return new Stage(
        images.stage().name().replace("images@", "maps@"),
        new SegmentTask(IMAGES_PER_SHARD),
        0,
        weights.isPresent()
            ? Map.of(SegmentTask.IMAGES, images.stage(), SegmentTask.NETWORK, weights.get())
            : Map.of(SegmentTask.IMAGES, images.stage()),
        module.isPresent() ? Map.of(SegmentTask.NETWORK, RawInput.of(module.get())) : Map.of());
  }
}
