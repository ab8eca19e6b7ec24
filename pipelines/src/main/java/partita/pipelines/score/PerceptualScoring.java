package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.embed.PerceptualNetwork;
import partita.models.embed.PretrainedWeights;
import partita.models.network.Architecture;
import partita.models.weights.WeightFile;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.schemas.artifact.Sha256;
import partita.transforms.feature.ImportWeightsTask;
import partita.transforms.score.Comparison;
import partita.transforms.score.LpipsTask;
import partita.transforms.score.Naming;

/**
 * LPIPS of two sets of images, pair by pair: the network's file and that of the learned weights.
 *
 * @param stage imports the network
 * @param architecture of the network
 * @param linear file of the learned weights
 * @param naming how the figure is named
 */
record PerceptualScoring(Stage stage, Architecture architecture, Path linear, Naming naming) {
  private static final int BATCH = 16;

  /**
   * Looks at both files.
   *
   * @param given their names, with a comma between
   * @throws BadInputException when one is missing, damaged or of a network that LPIPS is not
   *     defined for
   */
  static PerceptualScoring open(String given) {
    String[] names = given.split(",", -1);
    if (names.length != 2) {
      throw new BadInputException(
          "Cannot use --lpips=%s: expected two files with a comma between, weights of AlexNet, VGG16 or SqueezeNet 1.1 and LPIPS v0.1's for it"
              .formatted(given));
    }
    Path path = Path.of(names[0].strip());
    Path linear = Path.of(names[1].strip());
    try (WeightFile file = WeightFile.open(path);
        WeightFile learned = WeightFile.open(linear)) {
      PretrainedWeights.Found found =
          PretrainedWeights.check(file, KnownArchitecture.of(file, Optional.empty()));
      Architecture architecture = found.architecture();
      List<String> layers =
          PerceptualNetwork.layers(architecture)
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "Cannot compute lpips with %s of %s: expected AlexNet, VGG16 or SqueezeNet 1.1"
                              .formatted(architecture.name(), path)));
      PerceptualNetwork.check(learned, found.layers(), layers);
      Stage stage =
          new Stage(
              "lpips-weights",
              new ImportWeightsTask(architecture),
              1,
              Map.of(),
              Map.of(ImportWeightsTask.FILE, RawInput.of(path)));
      Naming naming = new Naming(architecture.name(), Sha256.of(path), false, "lpips-v0.1");
      return new PerceptualScoring(stage, architecture, linear, naming);
    } catch (IOException e) {
      throw new BadInputException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Refuses images that vanish in the network before its last layer.
   *
   * @param given what the user calls them
   */
  void requireSide(String given, int height, int width) {
    int shortest = PerceptualNetwork.shortestSide(architecture);
    if (Math.min(height, width) < shortest) {
      throw new BadInputException(
          "Cannot compute lpips of %s with %s: its images are %d x %d, expected sides of at least %d"
              .formatted(given, architecture.name(), width, height, shortest));
    }
  }

  /** The stage that compares two sets. */
  Stage compare(ScoredSet real, ScoredSet generated, int number) {
    if (real.rows() != generated.rows() || !real.content().equals(generated.content())) {
      throw new BadInputException(
          "Cannot compute lpips of %s and %s: it compares image i with image i, so expected as many images of one size; found %,d %s and %,d %s"
              .formatted(
                  real.given(),
                  generated.given(),
                  real.rows(),
                  real.content(),
                  generated.rows(),
                  generated.content()));
    }
    ScoredSet.Images size = (ScoredSet.Images) generated.content();
    requireSide(generated.given(), size.height(), size.width());
    return new Stage(
        "lpips@" + number,
        new LpipsTask(naming, architecture, BATCH),
        0,
        Map.of(
            Comparison.REAL, real.stage(),
            Comparison.GENERATED, generated.stage(),
            LpipsTask.NETWORK, stage),
        Map.of(LpipsTask.LINEAR, RawInput.of(linear)));
  }
}
