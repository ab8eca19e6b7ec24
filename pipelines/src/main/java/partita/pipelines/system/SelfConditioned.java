package partita.pipelines.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.gan.GanNetworks;
import partita.models.gan.GanNetworks.Labeling;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.system.SelfConditionedSettings.LabelPreset;
import partita.pipelines.system.SelfConditionedSettings.Method;
import partita.transforms.gan.ClassLabels;
import partita.transforms.gan.CommittedLabels;
import partita.transforms.gan.FrozenLabels;
import partita.transforms.gan.GanDataset;
import partita.transforms.gan.LabelRule;
import partita.transforms.gan.NoLabels;
import partita.transforms.gan.OnlineClusterTask;
import partita.transforms.gan.OnlineLabels;
import partita.transforms.gan.RandomLabels;
import partita.transforms.gan.ReclusterTask;
import partita.transforms.gan.SampleBatch;
import partita.transforms.gan.SampleLabelGanTask;
import partita.transforms.gan.TrainLabelGanTask;
import partita.transforms.metric.SummarizeTask;
import partita.transforms.shard.ShardTask;

/**
 * Self-conditioned GAN (Liu et al., CVPR 2020) and what its Table 1 compares it with: ingest, then
 * rounds of clustering the discriminator's features and of training on the clusters as labels.
 *
 * <p>The rounds are a chain of stages, {@code train@0} (first weights), {@code cluster@0}, {@code
 * train@1250}, {@code cluster@1250} and so on; each committed step is sampled and scored, and the
 * summary averages over the last of them.
 */
final class SelfConditioned {
  private static final int SAMPLE_ROWS = 1 << 14;

  private final SelfConditionedSettings settings;
  private final Method method;
  private final Stage ingest;
  private final GanDataset dataset;
  private final GanNetworks networks;
  private final GanScoring scoring;
  private final Optional<Reconstruction> reconstruction;

  private SelfConditioned(SelfConditionedSettings settings, Downloads downloads) {
    this.settings = settings;
    this.method = settings.train().method();
    GanData data = GanData.of(settings, downloads);
    this.ingest = data.ingest();
    this.dataset = data.dataset();
    this.scoring = data.scoring();
    requireClasses(data.classes());
    requireRows(data.mostRows());
    this.networks =
        switch (method) {
          case GAN -> networks(Labeling.NONE, 0);
          case CLASS -> networks(Labeling.EMBEDDED, data.classes());
          case MGAN -> networks(Labeling.MIXTURE, settings.cluster().count());
          case SELF_CONDITIONED, ONLINE, RANDOM_LABELS ->
              networks(Labeling.EMBEDDED, settings.cluster().count());
        };
    this.reconstruction =
        settings
            .reconstruct()
            .filter(asked -> asked.images() > 0)
            .map(asked -> Reconstruction.of(asked, settings, networks, downloads));
  }

  /**
   * The graph of an experiment.
   *
   * @throws BadInputException when settings or data cannot be
   */
  static StageGraph graph(
      String experiment, SelfConditionedSettings settings, Downloads downloads) {
    List<Stage> targets;
    try {
      targets = new SelfConditioned(settings, downloads).targets();
    } catch (IllegalArgumentException e) {
      // Networks, trainings and tasks check themselves what they are made of.
      throw new BadInputException(e.getMessage() + "; change it by --set or in the YAML file", e);
    }
    return StageGraph.of(experiment, targets);
  }

  private GanNetworks networks(Labeling labeling, int labels) {
    return settings.network().networks(labeling, labels, settings.dataset());
  }

  private void requireClasses(int classes) {
    boolean needed = method == Method.CLASS || (method.clusters() && settings.cluster().truth());
    if (needed && classes < 2) {
      throw new BadInputException(
          "Cannot %s: the rows of %s have %d labels, expected at least 2; label them, or set %s"
              .formatted(
                  method == Method.CLASS
                      ? "condition on classes"
                      : "compare clusters with the true classes",
                  settings.dataset().name(),
                  classes,
                  method == Method.CLASS
                      ? "train.method=self-conditioned"
                      : "cluster.truth=false"));
    }
  }

  /** Before anything runs, and not when the first clustering or training finds too few rows. */
  private void requireRows(long rows) {
    int subset = settings.cluster().subset();
    if (method.clusters() && subset > rows) {
      throw new BadInputException(
          "Cannot cluster %,d rows of %s: there are at most %,d to train on; lower cluster.subset"
              .formatted(subset, settings.dataset().name(), rows));
    }
    long batch = (long) settings.train().batchSize() * settings.network().packing();
    if (batch > rows) {
      throw new BadInputException(
          "Cannot train on %s in batches of %,d rows (train.batchSize times network.packing): there are at most %,d; lower either"
              .formatted(settings.dataset().name(), batch, rows));
    }
  }

  private List<Stage> targets() {
    List<Stage> scores = new ArrayList<>();
    Stage trained = train(0, 0, Map.of());
    Optional<Stage> clusters =
        method.clusters() ? Optional.of(cluster(0, trained, Map.of())) : Optional.empty();
    scores.add(score(trained, 0, clusters));
    long segment = settings.train().segmentSteps();
    for (long step = 0; step < settings.train().steps(); step += segment) {
      if (clusters.isPresent() && reclusters(step)) {
        clusters =
            Optional.of(cluster(step, trained, Map.of(ReclusterTask.PREVIOUS, clusters.get())));
      }
      trained = train(step, step + segment, inputs(step, trained, clusters));
      if (clusters.isPresent() && online(step)) {
        clusters = Optional.of(online(step + segment, trained, clusters.get()));
      }
      scores.add(score(trained, step + segment, clusters));
    }
    List<Stage> targets = withSummary(scores, clusters);
    targets.addAll(figures(trained, clusters));
    return targets;
  }

  /** What is only looked at, of the last generator. */
  private List<Stage> figures(Stage trained, Optional<Stage> clusters) {
    List<Stage> figures = new ArrayList<>();
    long last = settings.train().steps();
    reconstruction.ifPresent(
        asked -> figures.add(asked.of(ingest, sampled(trained, clusters), last)));
    settings
        .diversity()
        .filter(asked -> asked.classes() > 0)
        .ifPresent(
            asked ->
                figures.add(
                    scoring.rank(
                        samples(trained, last, clusters), round(last), asked.selection())));
    return figures;
  }

  /** Averages over the last committed steps; the last clusters' figures are passed on. */
  private List<Stage> withSummary(List<Stage> scores, Optional<Stage> clusters) {
    List<Stage> last =
        new ArrayList<>(
            scores.subList(scores.size() - settings.evaluate().checkpoints(), scores.size()));
    last.addAll(scoring.ceiling());
    clusters.ifPresent(last::add);
    Map<String, Stage> summarized = new LinkedHashMap<>();
    last.forEach(stage -> summarized.put(stage.name(), stage));
    List<Stage> targets = new ArrayList<>(scores);
    targets.add(stage("summary", new SummarizeTask(), summarized));
    return targets;
  }

  /** Whether the partition is made anew before this step; the first is made before step 0. */
  private boolean reclusters(long step) {
    return method == Method.ONLINE
        ? step == settings.train().warmupSteps()
        : step > 0 && step % settings.cluster().every() == 0;
  }

  /** Whether centroids move in the segment that begins with this step. */
  private boolean online(long step) {
    return method == Method.ONLINE && step >= settings.train().warmupSteps();
  }

  private Map<String, Stage> inputs(long step, Stage trained, Optional<Stage> clusters) {
    Map<String, Stage> inputs = new LinkedHashMap<>();
    // The first weights are the first segment's too: they need not be read from an artifact.
    if (step > 0) {
      inputs.put(TrainLabelGanTask.PREVIOUS, trained);
    }
    clusters.ifPresent(stage -> inputs.put(TrainLabelGanTask.CLUSTERS, stage));
    return inputs;
  }

  private Stage train(long from, long to, Map<String, Stage> previous) {
    Map<String, Stage> inputs = new LinkedHashMap<>(previous);
    inputs.put(TrainLabelGanTask.DATA, ingest);
    return stage(
        "train@" + to,
        new TrainLabelGanTask(
            networks,
            Section.of("train", settings.train()::training),
            dataset,
            labels(from, to),
            from,
            to),
        inputs);
  }

  private LabelRule labels(long from, long to) {
    return switch (method) {
      // MGAN draws the generators of a batch itself: real data has no labels there.
      case GAN, MGAN -> new NoLabels();
      case RANDOM_LABELS -> new RandomLabels();
      case CLASS -> new ClassLabels();
      case ONLINE ->
          from == to
              ? new RandomLabels()
              : online(from)
                  ? new OnlineLabels(settings.cluster().memory(), settings.cluster().starvedSteps())
                  : committed();
      // The first weights have no clusters yet, and no step that would ask for labels.
      case SELF_CONDITIONED -> from == to ? new RandomLabels() : committed();
    };
  }

  private LabelRule committed() {
    return settings.train().labels() == LabelPreset.FROZEN
        ? new FrozenLabels()
        : new CommittedLabels();
  }

  private Stage cluster(long step, Stage trained, Map<String, Stage> previous) {
    Map<String, Stage> inputs = new LinkedHashMap<>(previous);
    inputs.put(ReclusterTask.DATA, ingest);
    inputs.put(ReclusterTask.TRAINED, trained);
    return stage(
        "cluster@" + step,
        new ReclusterTask(
            networks,
            dataset,
            settings.cluster().reclustering(),
            settings.cluster().subset(),
            settings.cluster().truth(),
            settings.train().labels() == LabelPreset.FROZEN),
        inputs);
  }

  private Stage online(long step, Stage trained, Stage previous) {
    return stage(
        "cluster@" + step,
        new OnlineClusterTask(networks, dataset, settings.cluster().truth()),
        Map.of(
            ReclusterTask.DATA, ingest,
            ReclusterTask.TRAINED, trained,
            ReclusterTask.PREVIOUS, previous));
  }

  private Stage score(Stage trained, long step, Optional<Stage> clusters) {
    return scoring.score(samples(trained, step, clusters), round(step));
  }

  private Stage samples(Stage trained, long step, Optional<Stage> clusters) {
    return stage(
        "sample@" + round(step),
        new SampleLabelGanTask(
            networks,
            settings.sample().averaged(),
            settings.sample().count(),
            SAMPLE_ROWS,
            SampleBatch.of(networks)),
        sampled(trained, clusters));
  }

  /** A generator, and what the labels of its samples are drawn by. */
  private Map<String, Stage> sampled(Stage trained, Optional<Stage> clusters) {
    Map<String, Stage> inputs = new LinkedHashMap<>();
    inputs.put(SampleLabelGanTask.GENERATOR, trained);
    clusters.ifPresent(stage -> inputs.put(SampleLabelGanTask.CLUSTERS, stage));
    if (method == Method.CLASS) {
      inputs.put(SampleLabelGanTask.DATA, ingest);
    }
    return inputs;
  }

  /** Of the only sampling seed. */
  private static String round(long step) {
    return step + ".0";
  }

  private Stage stage(String name, ShardTask task, Map<String, Stage> inputs) {
    return Stage.of(name, task, settings.seed(), inputs);
  }
}
