package partita.pipelines.score;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.models.image.ImageHeader;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.transforms.dataset.ImageSet;
import partita.transforms.dataset.ImageSetIngest;
import partita.transforms.score.Comparison;
import partita.transforms.score.DiversityProtocol;
import partita.transforms.score.GivenComparison;
import partita.transforms.score.ImageGroups;
import partita.transforms.score.LpipsTask;
import partita.transforms.score.MapFolder;
import partita.transforms.score.PerceptualDiversityTask;
import partita.transforms.score.RegionDiversityTask;

/**
 * The stages that look at how images differ that were generated alike: folders, whose subfolders
 * say which.
 */
final class GroupScoring {
  private static final int IMAGES_PER_SHARD = 1024;

  private final ScoreRequest request;
  private final PerceptualScoring lpips;

  GroupScoring(ScoreRequest request) {
    this.request = request;
    if (request.network().isPresent() || request.real().isPresent()) {
      throw new BadInputException(
          "Cannot use --real or --network with %s: no reference takes part, and --lpips names the network; leave them out"
              .formatted(request.metrics().get(0).word()));
    }
    lpips = PerceptualScoring.open(request.lpips().orElseThrow());
  }

  /** A generated set that was looked at. */
  private record GroupedSet(int number, String given, ImageSet images, Stage stage) {

    /** Paths below the folder, with slashes. */
    List<String> paths() {
      return images.files().stream()
          .map(file -> images.folder().relativize(file).toString().replace('\\', '/'))
          .toList();
    }
  }

  /** A stage that writes figures, and what they should be read with. */
  private record Measured(Stage stage, List<String> warnings) {}

  ScoreGraph graph() {
    Map<String, Stage> targets = new LinkedHashMap<>();
    List<List<ScoreGraph.Scored>> scored = new ArrayList<>();
    List<Map<ScoreMetric, List<String>>> warnings = new ArrayList<>();
    for (int number = 0; number < request.generated().size(); number++) {
      GroupedSet set = look(number);
      List<ScoreGraph.Scored> ofSet = new ArrayList<>();
      Map<ScoreMetric, List<String>> warningsOfSet = new TreeMap<>();
      for (ScoreMetric metric : request.metrics()) {
        Measured measured = metric == ScoreMetric.LPIPS_DIVERSITY ? diversity(set) : regions(set);
        targets.put(measured.stage().name(), measured.stage());
        ofSet.add(new ScoreGraph.Scored(metric, measured.stage().name(), Optional.empty()));
        warningsOfSet.put(metric, measured.warnings());
      }
      scored.add(ofSet);
      warnings.add(warningsOfSet);
    }
    return ScoreGraph.of(
        List.copyOf(targets.values()),
        scored,
        List.of(),
        (metric, set, shared) -> warnings.get(set).get(metric));
  }

  private GroupedSet look(int number) {
    String given = request.generated().get(number);
    ImageSet images = ImageSet.of(folder(given, "images in subfolders"), request.resize());
    lpips.requireSide(given, images.height(), images.width());
    Stage stage =
        new Stage(
            "images@generated." + number,
            new ImageSetIngest(images.height(), images.width(), images.resized(), IMAGES_PER_SHARD),
            0,
            Map.of(),
            Map.of(ImageSetIngest.IMAGES, new RawInput(images.folder(), images.files())));
    return new GroupedSet(number, given, images, stage);
  }

  private static Path folder(String given, String holding) {
    Path folder = Path.of(given);
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "Cannot score %s: it is no folder, expected one with %s".formatted(given, holding));
    }
    return folder;
  }

  private Measured diversity(GroupedSet set) {
    DiversityProtocol protocol = request.options().diversity().orElseThrow();
    List<String> warnings = new ArrayList<>(ofNetwork());
    if (protocol == DiversityProtocol.INADE) {
      ImageGroups.requireLayouts(set.given(), set.paths());
    } else {
      long single = ImageGroups.requireConditions(set.given(), set.paths());
      if (single > 0) {
        warnings.add(
            "%d subfolder%s of %s with one image: they have no pair and take no part"
                .formatted(single, single == 1 ? "" : "s", set.given()));
      }
    }
    GivenComparison task =
        new PerceptualDiversityTask(lpips.naming(), lpips.architecture(), protocol);
    return new Measured(stage("diversity@", set, task, Map.of()), warnings);
  }

  private Measured regions(GroupedSet set) {
    Path masks = folder(request.options().masks().orElseThrow().toString(), "masks");
    boolean ofClasses =
        request.metrics().contains(ScoreMetric.MCSD)
            || request.metrics().contains(ScoreMetric.MOCD);
    MapFolder found = MapFolder.of(masks);
    List<Path> used = new ArrayList<>();
    for (String variation : ImageGroups.requireVariations(set.given(), set.paths(), ofClasses)) {
      Path mask = found.files().get(variation);
      if (mask == null || !mask.toString().endsWith(".png")) {
        throw new BadInputException(
            "Cannot find the region of %s: expected the mask %s.png below %s"
                .formatted(variation, variation, masks));
      }
      ImageHeader size = found.header(variation);
      if (size.height() != set.images().height() || size.width() != set.images().width()) {
        throw new BadInputException(
            "Cannot use mask %s: it is %d x %d, expected %d x %d as its images are"
                .formatted(
                    mask,
                    size.width(),
                    size.height(),
                    set.images().width(),
                    set.images().height()));
      }
      used.add(mask);
    }
    GivenComparison task = new RegionDiversityTask(lpips.naming(), lpips.architecture());
    Map<String, RawInput> files = Map.of(RegionDiversityTask.MASKS, new RawInput(masks, used));
    return new Measured(stage("regions@", set, task, files), ofNetwork());
  }

  private List<String> ofNetwork() {
    return ScoreWarnings.ofNetwork(lpips.naming()).stream().toList();
  }

  private Stage stage(
      String name, GroupedSet set, GivenComparison task, Map<String, RawInput> files) {
    Map<String, RawInput> all = new TreeMap<>(files);
    all.put(LpipsTask.LINEAR, RawInput.of(lpips.linear()));
    return new Stage(
        name + set.number(),
        task,
        0,
        Map.of(Comparison.GENERATED, set.stage(), LpipsTask.NETWORK, lpips.stage()),
        all);
  }
}
