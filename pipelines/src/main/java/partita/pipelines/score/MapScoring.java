package partita.pipelines.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import partita.models.image.ImageHeader;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.Stage;
import partita.schemas.artifact.ArtifactStore;
import partita.transforms.dataset.ImageSet;
import partita.transforms.score.Comparison;
import partita.transforms.score.GivenComparison;
import partita.transforms.score.MapFolder;
import partita.transforms.score.Naming;
import partita.transforms.score.SegmentationAgreementTask;
import partita.transforms.score.SegmentationDistanceTask;

/**
 * The stages that compare label maps: folders of them, or images of which a network makes them.
 * Agreement is of a generated set with the layouts that it was made from, {@code --real}; for the
 * distance the reference is images where the generated set is.
 */
final class MapScoring {
  private final ScoreRequest request;
  private final ScoredSets sets;
  private final Optional<SegmentingNetwork> network;
  private final Naming naming;
  private final int classes;

  MapScoring(ScoreRequest request, ArtifactStore store) {
    this.request = request;
    sets = new ScoredSets(store, request.resize());
    network = request.network().map(SegmentingNetwork::open);
    naming = network.map(SegmentingNetwork::naming).orElse(new Naming("", "", true, "label maps"));
    classes = request.options().classes().orElse(0);
    if (network.isEmpty() && (classes == 0 || request.resize().isPresent())) {
      throw new BadInputException(
          classes == 0
              ? "Cannot compare label maps: expected --classes=N, or images and a network that segments them by --network=FILE"
              : "Cannot use --resize with label maps: classes have no mean; leave it out");
    }
    boolean agreement = request.metrics().stream().anyMatch(metric -> metric != ScoreMetric.FSD);
    if (network.isPresent() && agreement && request.metrics().contains(ScoreMetric.FSD)) {
      throw new BadInputException(
          "Cannot compute fsd and miou by one network together: the reference of fsd is images, that of miou layouts; ask for each by itself");
    }
  }

  ScoreGraph graph() throws IOException {
    Map<String, Stage> targets = new LinkedHashMap<>();
    List<List<ScoreGraph.Scored>> scored = new ArrayList<>();
    for (int set = 0; set < request.generated().size(); set++) {
      List<ScoreGraph.Scored> ofSet = new ArrayList<>();
      for (ScoreMetric metric : request.metrics()) {
        Stage stage = metric == ScoreMetric.FSD ? distance(set) : agreement(set);
        targets.put(stage.name(), stage);
        ofSet.add(new ScoreGraph.Scored(metric, stage.name(), Optional.empty()));
      }
      scored.add(ofSet);
    }
    List<String> warnings =
        network.isPresent() ? ScoreWarnings.ofNetwork(naming).stream().toList() : List.of();
    return ScoreGraph.of(
        List.copyOf(targets.values()), scored, List.of(), (metric, set, shared) -> warnings);
  }

  private Stage distance(int set) throws IOException {
    Sides sides = new Sides();
    String real = request.real().orElseThrow();
    String generated = request.generated().get(set);
    if (network.isPresent()) {
      sides.images(Comparison.REAL, images(real, Comparison.REAL, 0));
      sides.images(Comparison.GENERATED, images(generated, Comparison.GENERATED, set));
    } else {
      sides.maps(Comparison.REAL, maps(real));
      sides.maps(Comparison.GENERATED, maps(generated));
    }
    // Whose maps they are is not known, and the bare name is that of one network's.
    Naming named =
        network.isPresent() ? naming : new Naming("given maps", "", false, naming.protocol());
    return sides.stage("fsd@" + set, new SegmentationDistanceTask(named, classes));
  }

  private Stage agreement(int set) throws IOException {
    Sides sides = new Sides();
    MapFolder layouts = maps(request.real().orElseThrow());
    String given = request.generated().get(set);
    sides.maps(Comparison.REAL, layouts);
    if (network.isPresent()) {
      ScoredSet images = images(given, Comparison.GENERATED, set);
      Path folder = Path.of(given);
      requirePairs(layouts, MapFolder.byName(folder, ImageSet.list(folder)), given);
      ScoredSet.Images size = (ScoredSet.Images) images.content();
      SortedMap<String, ImageHeader> expected = new TreeMap<>();
      ImageHeader one = new ImageHeader(size.height(), size.width(), false, Byte.SIZE);
      layouts.files().keySet().forEach(name -> expected.put(name, one));
      requireSizes(layouts, expected, given);
      sides.images(Comparison.GENERATED, images);
    } else {
      MapFolder maps = maps(given);
      requirePairs(layouts, maps.files(), given);
      requireSizes(layouts, maps.headers(), given);
      sides.maps(Comparison.GENERATED, maps);
    }
    return sides.stage("segmentation@" + set, new SegmentationAgreementTask(naming, classes));
  }

  private ScoredSet images(String given, String side, int number) throws IOException {
    folder(given);
    return sets.find(given, side, number).get(0);
  }

  private static MapFolder maps(String given) {
    return MapFolder.of(folder(given));
  }

  private static Path folder(String given) {
    Path folder = Path.of(given);
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(
          "Cannot compare label maps of %s: there is no such folder".formatted(given));
    }
    return folder;
  }

  private void requirePairs(MapFolder layouts, SortedMap<String, Path> generated, String given) {
    for (String name : layouts.files().keySet()) {
      if (!generated.containsKey(name)) {
        throw unpaired(layouts.files().get(name), given, name);
      }
    }
    for (String name : generated.keySet()) {
      if (!layouts.files().containsKey(name)) {
        throw unpaired(generated.get(name), request.real().orElseThrow(), name);
      }
    }
  }

  private static BadInputException unpaired(Path file, String other, String name) {
    return new BadInputException(
        "Cannot compare label map %s: %s holds no %s of any ending, expected each name on both sides"
            .formatted(file, other, name));
  }

  private static void requireSizes(
      MapFolder layouts, SortedMap<String, ImageHeader> generated, String given) {
    layouts
        .headers()
        .forEach(
            (name, layout) -> {
              ImageHeader other = generated.get(name);
              if (other.height() != layout.height() || other.width() != layout.width()) {
                throw new BadInputException(
                    "Cannot compare label map %s: it is %d x %d and %s of %s is %d x %d, expected equal"
                        .formatted(
                            layouts.files().get(name),
                            layout.width(),
                            layout.height(),
                            name,
                            given,
                            other.width(),
                            other.height()));
              }
            });
  }

  /** Inputs of a stage that compares maps. */
  private final class Sides {
    private final Map<String, Stage> stages = new TreeMap<>();
    private final Map<String, RawInput> files = new TreeMap<>();

    void images(String side, ScoredSet set) {
      stages.put(side, set.stage());
    }

    void maps(String side, MapFolder folder) {
      files.put(side, new RawInput(folder.folder(), List.copyOf(folder.files().values())));
    }

    Stage stage(String name, GivenComparison task) {
      network.ifPresent(segmenting -> segmenting.addTo(stages, files));
      return new Stage(name, task, 0, stages, files);
    }
  }
}
