package partita.pipelines.score;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  ScoreGraph graph() {
    Map<String, Stage> targets = new LinkedHashMap<>();
    List<List<ScoreGraph.Scored>> scored = new ArrayList<>();
    for (int set = 0; set < request.generated().size(); set++) {
      Stage images = images(set);
      List<ScoreGraph.Scored> ofSet = new ArrayList<>();
      for (ScoreMetric metric : request.metrics()) {
        Stage stage =
            metric == ScoreMetric.LPIPS_DIVERSITY ? diversity(images, set) : regions(images, set);
        targets.put(stage.name(), stage);
        ofSet.add(new ScoreGraph.Scored(metric, stage.name(), Optional.empty()));
      }
      scored.add(ofSet);
    }
    List<String> warnings = ScoreWarnings.ofNetwork(lpips.naming()).stream().toList();
    return ScoreGraph.of(
        List.copyOf(targets.values()), scored, List.of(), (metric, set, shared) -> warnings);
  }

  private Path folder(int set) {
    return folder(request.generated().get(set), "images in subfolders");
  }

  private static Path folder(String given, String holding) {
    Path folder = Path.of(given);
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "Cannot score %s: it is no folder, expected one with %s".formatted(given, holding));
    }
    return folder;
  }

  private Stage images(int set) {
    Path folder = folder(set);
    ImageSet images = ImageSet.of(folder, request.resize());
    return new Stage(
        "images@generated." + set,
        new ImageSetIngest(images.height(), images.width(), images.resized(), IMAGES_PER_SHARD),
        0,
        Map.of(),
        Map.of(ImageSetIngest.IMAGES, new RawInput(folder, images.files())));
  }

  private List<String> paths(int set) {
    Path folder = folder(set);
    return ImageSet.list(folder).stream()
        .map(file -> folder.relativize(file).toString().replace('\\', '/'))
        .toList();
  }

  private Stage diversity(Stage images, int set) {
    DiversityProtocol protocol = request.options().diversity().orElseThrow();
    ImageGroups.require(protocol, request.generated().get(set), paths(set));
    return stage(
        "diversity@" + set,
        new PerceptualDiversityTask(lpips.naming(), lpips.architecture(), protocol),
        images,
        Map.of());
  }

  private Stage regions(Stage images, int set) {
    Path masks = folder(request.options().masks().orElseThrow().toString(), "masks");
    List<String> folders = paths(set).stream().map(ImageGroups::parent).distinct().toList();
    ImageGroups.require(DiversityProtocol.IC_GAN, request.generated().get(set), paths(set));
    boolean ofClasses =
        request.metrics().stream()
            .anyMatch(metric -> metric == ScoreMetric.MCSD || metric == ScoreMetric.MOCD);
    MapFolder found = MapFolder.of(masks);
    List<Path> used = new ArrayList<>();
    for (String folder : folders) {
      if (ofClasses && ImageGroups.top(folder).isEmpty()) {
        throw new BadInputException(
            "Cannot compute mcsd of %s: expected subfolders CLASS/VARIATION, which name the class; found %s"
                .formatted(request.generated().get(set), folder));
      }
      Path mask = found.files().get(folder);
      if (mask == null || !mask.toString().endsWith(".png")) {
        throw new BadInputException(
            "Cannot find the region of %s: expected the mask %s.png below %s"
                .formatted(folder, folder, masks));
      }
      used.add(mask);
    }
    return stage(
        "regions@" + set,
        new RegionDiversityTask(lpips.naming(), lpips.architecture()),
        images,
        Map.of(RegionDiversityTask.MASKS, new RawInput(masks, used)));
  }

  private Stage stage(
      String name, GivenComparison task, Stage images, Map<String, RawInput> files) {
    Map<String, RawInput> all = new TreeMap<>(files);
    all.put(LpipsTask.LINEAR, RawInput.of(lpips.linear()));
    return new Stage(
        name, task, 0, Map.of(Comparison.GENERATED, images, LpipsTask.NETWORK, lpips.stage()), all);
  }
}
