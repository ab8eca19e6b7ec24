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
import partita.transforms.score.MapFolder;
import partita.transforms.score.Naming;
import partita.transforms.score.SegmentationAgreementTask;
import partita.transforms.score.SegmentationDistanceTask;

/**
 * The stages that compare label maps: folders of them, or images of which a network makes them.
 * Agreement is of a generated set with the layouts that it was made from; for the distance the
 * reference is images where the generated set is. A network segments a set in one stage, which all
 * metrics read.
 */
final class MapScoring {
  private final ScoreRequest request;
  private final ScoredSets sets;
  private final Optional<SegmentingNetwork> network;
  private final Naming naming;
  private final int classes;

  /** What the generated sets were made from. */
  private final String layouts;

  MapScoring(ScoreRequest request, ArtifactStore store) throws IOException {
    this.request = request;
    sets = new ScoredSets(store, request.resize());
    network =
        request.network().isPresent()
            ? Optional.of(SegmentingNetwork.open(request.network().get(), store))
            : Optional.empty();
    naming = network.map(SegmentingNetwork::naming).orElse(new Naming("", "", true, "label maps"));
    classes = request.options().classes().orElse(0);
    if (network.isEmpty() && (classes == 0 || request.resize().isPresent())) {
      throw new BadInputException(
          classes == 0
              ? "Cannot compare label maps: expected --classes=N, or images and a network that segments them by --network=FILE"
              : "Cannot use --resize with label maps: classes have no mean; leave it out");
    }
    layouts = layouts();
  }

  private String layouts() {
    boolean agreement = request.metrics().stream().anyMatch(metric -> metric != ScoreMetric.FSD);
    boolean apart = agreement && network.isPresent() && request.metrics().contains(ScoreMetric.FSD);
    Optional<Path> given = request.options().layouts();
    if (apart && given.isEmpty()) {
      throw new BadInputException(
          "Cannot compute fsd and miou by one network: --real names the reference of fsd, which is images; name the layouts of miou by --layouts=FOLDER");
    } else if (!apart && given.isPresent()) {
      throw new BadInputException(
          "Cannot use --layouts=%s: it is for fsd and miou by one network, whose --real is images; name the layouts by --real"
              .formatted(given.get()));
    }
    return apart ? given.get().toString() : request.real().orElseThrow();
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
    String real = request.real().orElseThrow();
    String generated = request.generated().get(set);
    // Whose maps they are is not known, and the bare name is that of one network's.
    Naming named =
        network.isPresent() ? naming : new Naming("given maps", "", false, naming.protocol());
    SegmentationDistanceTask task = new SegmentationDistanceTask(named, classes);
    String name = "fsd@" + set;
    if (network.isPresent()) {
      return Stage.of(
          name,
          task,
          0,
          Map.of(
              Comparison.REAL,
              network.get().segment(images(real, Comparison.REAL, 0)),
              Comparison.GENERATED,
              network.get().segment(images(generated, Comparison.GENERATED, set))));
    }
    return new Stage(
        name,
        task,
        0,
        Map.of(),
        Map.of(Comparison.REAL, raw(several(real)), Comparison.GENERATED, raw(several(generated))));
  }

  private Stage agreement(int set) throws IOException {
    MapFolder expected = maps(layouts);
    String given = request.generated().get(set);
    SegmentationAgreementTask task = new SegmentationAgreementTask(naming, classes);
    String name = "segmentation@" + set;
    if (network.isPresent()) {
      ScoredSet images = images(given, Comparison.GENERATED, set);
      Path folder = Path.of(given);
      requirePairs(expected, MapFolder.byName(folder, ImageSet.list(folder)), given);
      ScoredSet.Images size = (ScoredSet.Images) images.content();
      SortedMap<String, ImageHeader> sizes = new TreeMap<>();
      ImageHeader one = new ImageHeader(size.height(), size.width(), false, Byte.SIZE);
      expected.files().keySet().forEach(file -> sizes.put(file, one));
      requireSizes(expected, sizes, given);
      return new Stage(
          name,
          task,
          0,
          Map.of(Comparison.GENERATED, network.get().segment(images)),
          Map.of(Comparison.REAL, raw(expected)));
    }
    MapFolder maps = maps(given);
    requirePairs(expected, maps.files(), given);
    requireSizes(expected, maps.headers(), given);
    return new Stage(
        name,
        task,
        0,
        Map.of(),
        Map.of(Comparison.REAL, raw(expected), Comparison.GENERATED, raw(maps)));
  }

  private static MapFolder several(String given) {
    MapFolder maps = maps(given);
    if (maps.names().size() < 2) {
      throw new BadInputException(
          "Cannot compute fsd of %s: it has 1 label map, expected at least 2".formatted(given));
    }
    return maps;
  }

  private static RawInput raw(MapFolder maps) {
    return new RawInput(maps.folder(), List.copyOf(maps.files().values()));
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

  private void requirePairs(MapFolder expected, SortedMap<String, Path> generated, String given) {
    for (String name : expected.files().keySet()) {
      if (!generated.containsKey(name)) {
        throw unpaired(expected.files().get(name), given, name);
      }
    }
    for (String name : generated.keySet()) {
      if (!expected.files().containsKey(name)) {
        throw unpaired(generated.get(name), layouts, name);
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
}
