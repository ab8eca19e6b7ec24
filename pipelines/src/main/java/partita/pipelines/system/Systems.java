package partita.pipelines.system;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.ExperimentLoader;
import partita.pipelines.dag.ExperimentRequest;
import partita.pipelines.dag.NearestName;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.experiment.Experiment;

/** Turns an experiment into the stages of the system it names. */
public final class Systems implements ExperimentLoader {
  /** What runs when nothing is asked for: no download, a few minutes on two cores. */
  public static final String DEFAULT = "ic-gan/sprites-32";

  /** Sections of a self-conditioned experiment. */
  private static final List<String> FIGURES_OF_IMAGES = List.of("reconstruct", "diversity");

  private final Downloads downloads;
  private final Consumer<String> notice;

  /**
   * With the user's cache.
   *
   * @param notice is told before something that takes a while, and what has no effect
   */
  public Systems(Consumer<String> notice) {
    this(Path.of(System.getProperty("user.home"), ".cache", "partita", "downloads"), notice);
  }

  Systems(Path cache, Consumer<String> notice) {
    downloads = new Downloads(cache, notice);
    this.notice = notice;
  }

  @Override
  public StageGraph load(ExperimentRequest request) throws IOException {
    List<String> overrides = new ArrayList<>(request.overrides());
    request
        .ownData()
        .ifPresent(path -> overrides.add("dataset.path=" + quoted(Path.of(path).toString())));
    if (request.onBadImage() != null) {
      overrides.add("dataset.onBadImage=" + request.onBadImage());
    }
    String name = request.experiment().isEmpty() ? DEFAULT : request.experiment();
    refuseImagesOfPoints(request, Experiment.read(name, request.overrides()));
    Experiment experiment = Experiment.read(name, overrides);
    return switch (experiment.system()) {
      case "ic-gan" -> {
        IcGanSettings settings = experiment.as(IcGanSettings.class);
        yield IcGan.graph(name, settings, downloads)
            .withParallelism(settings.parallelism().orElse(Map.of()));
      }
      case "self-conditioned" -> {
        boolean points = PointSettings.draws(experiment.dataset());
        GanNetworkSettings.requireFor(experiment.architecture(), points);
        if (points) {
          refuseFiguresOfImages(experiment);
        }
        SelfConditionedSettings settings = experiment.as(SelfConditionedSettings.class);
        UnusedSettings.of(settings, request.overrides()).forEach(notice);
        yield SelfConditioned.graph(name, settings, downloads)
            .withParallelism(settings.parallelism().orElse(Map.of()));
      }
      default ->
          throw NearestName.unknown(
              "system", experiment.system(), List.of("ic-gan", "self-conditioned"));
    };
  }

  /** Points are drawn: the options that name images would read as misspelled keys of theirs. */
  private static void refuseImagesOfPoints(ExperimentRequest request, Experiment experiment) {
    boolean images = request.ownData().isPresent() || request.onBadImage() != null;
    if (images && PointSettings.draws(experiment.dataset())) {
      throw new BadInputException(
          "Cannot use %s with %s: its points of '%s' are drawn, expected an experiment with images; leave it out"
              .formatted(
                  request.ownData().isPresent() ? "--data" : "--onBadImage",
                  experiment.name(),
                  experiment.dataset()));
    }
  }

  /** Before their own keys are read, of which some would be missing. */
  private static void refuseFiguresOfImages(Experiment experiment) {
    for (String section : FIGURES_OF_IMAGES) {
      if (experiment.has(section)) {
        throw new BadInputException(
            "Cannot use '%s' with %s: it is of images, and the experiment's are points of '%s'; leave it out"
                .formatted(section, experiment.name(), experiment.dataset()));
      }
    }
  }

  /** As YAML text, whatever characters a path holds. */
  private static String quoted(String path) {
    return "'" + path.replace("'", "''") + "'";
  }
}
