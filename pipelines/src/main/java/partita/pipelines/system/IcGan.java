package partita.pipelines.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import partita.models.neighbor.PairShards;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.transforms.dataset.IngestTask;
import partita.transforms.feature.EmbedTask;
import partita.transforms.gan.SampleTask;
import partita.transforms.gan.TrainIcGanTask;
import partita.transforms.metric.SummarizeTask;
import partita.transforms.partition.CandidateTask;
import partita.transforms.partition.KMeansTask;
import partita.transforms.partition.NeighborTask;
import partita.transforms.shard.ShardTask;

/**
 * IC-GAN (Casanova et al., NeurIPS 2021), without or with labels, and its baseline BigGAN on labels
 * alone: ingest, embed, partition into the neighborhoods of instances, train, sample on selected
 * instances, score.
 *
 * <p>Training is a chain of segments, {@code train@0} being the first weights; each is sampled and
 * scored, the last with every sampling seed.
 */
public final class IcGan {

  /** As faiss subsamples. */
  private static final int MAX_POINTS_PER_CENTROID = 256;

  private static final int SEED_POINTS_PER_CENTROID = 20;
  private static final int SAMPLE_ROWS = 2048;
  private static final int SAMPLE_BATCH = 64;

  private final IcGanSettings settings;
  private final Stage ingest;
  private final EmbeddingStage embedding;
  private final int classes;
  private final Stage features;
  private final FeatureScoring scoring;
  private final Stage neighbors;
  private final Stage instances;

  private IcGan(IcGanSettings settings, Downloads downloads) {
    this.settings = settings;
    IngestStage ingested = IngestStage.of(settings.dataset(), settings.seed());
    ingest = ingested.stage();
    classes = ingested.classes();
    requireEnough(ingested.mostTrain());
    embedding =
        EmbeddingStage.of(
            settings.embedding(), settings.dataset(), ingested, settings.seed(), downloads);
    features =
        stage(
            "features",
            embedding.task(
                List.of(IngestTask.TRAIN, IngestTask.VALIDATION),
                settings.embedding().mirrored() ? List.of(IngestTask.TRAIN) : List.of()),
            Map.of(EmbedTask.IMAGES, ingest, EmbedTask.NETWORK, embedding.stage()));
    scoring =
        FeatureScoring.of(
            embedding,
            features,
            settings.embedding().nameInMetrics(),
            settings.evaluate(),
            settings.seed());
    Stage candidates =
        stage(
            "neighbor-candidates",
            new CandidateTask(settings.neighbors().k(), PairShards.BLOCK_ROWS),
            Map.of("features", features));
    neighbors =
        stage(
            "neighbors",
            new NeighborTask(settings.neighbors().k(), PairShards.BLOCK_ROWS),
            Map.of("features", features, CandidateTask.CANDIDATES, candidates));
    instances =
        stage(
            "instances",
            new KMeansTask(
                settings.instances().count(),
                settings.instances().iterations(),
                MAX_POINTS_PER_CENTROID,
                SEED_POINTS_PER_CENTROID,
                true),
            Map.of("features", features));
  }

  /**
   * The graph of an experiment.
   *
   * @throws BadInputException when settings or data cannot be
   */
  static StageGraph graph(String experiment, IcGanSettings settings, Downloads downloads) {
    List<Stage> targets;
    try {
      targets = new IcGan(settings, downloads).targets();
    } catch (IllegalArgumentException e) {
      // Networks, trainings and tasks check themselves what they are made of.
      throw new BadInputException(e.getMessage() + "; change it by --set or in the YAML file", e);
    }
    return StageGraph.of(experiment, targets);
  }

  /** Refuses before anything ran what would fail after minutes of training the embedding. */
  private void requireEnough(long images) {
    int k = settings.neighbors().k();
    if (k >= images) {
      throw new BadInputException(
          "Cannot find %d neighbors: at most %,d training images, expected more than neighbors.k; lower it or add images"
              .formatted(k, images));
    }
    int instances = settings.instances().count();
    if (instances > images) {
      throw new BadInputException(
          "Cannot select %d instances: at most %,d training images, expected at least instances.count; lower it or add images"
              .formatted(instances, images));
    }
    if (conditioning().onClasses() && classes < 2) {
      throw new BadInputException(
          "Cannot condition on classes: the images of %s have %d labels, expected at least 2; put each class into a subfolder of its own, or set train.conditioning=instance"
              .formatted(settings.dataset().name(), classes));
    }
    if (settings.dataset().validation() < 1) {
      throw new BadInputException(
          "Cannot judge the embedding: dataset.validation is %d, expected at least 1"
              .formatted(settings.dataset().validation()));
    }
    int samples = settings.sample().count();
    int needed = Math.max(settings.evaluate().neighbors() + 1, settings.evaluate().splits());
    if (samples < needed) {
      throw new BadInputException(
          "Cannot score %d samples of a seed: evaluate.neighbors and evaluate.splits need at least %d; raise sample.count or lower them"
              .formatted(samples, needed));
    }
  }

  private List<Stage> targets() {
    List<Stage> figures = new ArrayList<>();
    figures.add(scoring.baseline());
    List<Stage> targets = new ArrayList<>();
    long steps = settings.train().steps();
    Stage trained = train(0, 0, Map.of());
    targets.add(score(trained, 0, 0));
    for (long step = 0; step < steps; step += settings.train().segmentSteps()) {
      long next = step + settings.train().segmentSteps();
      trained = train(step, next, Map.of(TrainIcGanTask.PREVIOUS, trained));
      targets.add(score(trained, next, 0));
    }
    figures.add(targets.get(targets.size() - 1));
    for (int seed = 1; seed < settings.sample().seeds(); seed++) {
      figures.add(score(trained, steps, seed));
    }
    Map<String, Stage> summarized = new LinkedHashMap<>();
    figures.forEach(stage -> summarized.put(stage.name(), stage));
    targets.add(stage("summary", new SummarizeTask(), summarized));
    return targets;
  }

  private Stage train(long from, long to, Map<String, Stage> previous) {
    Map<String, Stage> inputs = new LinkedHashMap<>();
    inputs.put(TrainIcGanTask.IMAGES, ingest);
    if (conditioning().onInstances()) {
      inputs.put(TrainIcGanTask.FEATURES, features);
      inputs.put(TrainIcGanTask.NEIGHBORS, neighbors);
    }
    // The first weights are the first segment's too: they need not be read from an artifact.
    if (from > 0) {
      inputs.putAll(previous);
    }
    return stage(
        "train@" + to,
        new TrainIcGanTask(
            settings
                .network()
                .config(settings.dataset(), conditioning(), classes, embedding.featureWidth()),
            Section.of("train", settings.train()::training),
            from,
            to),
        inputs);
  }

  /** Samples a generator with one seed, embeds the samples and compares them with real images. */
  private Stage score(Stage trained, long step, int seed) {
    String round = step + "." + seed;
    IcGanSettings.SampleSettings sample = settings.sample();
    long sampleSeed = settings.seed() + seed;
    Stage samples =
        Stage.of(
            "sample@" + round,
            new SampleTask(sample.count(), SAMPLE_ROWS, SAMPLE_BATCH, sample.truncation()),
            sampleSeed,
            sampled(trained));
    return scoring.evaluate(samples, round, sampleSeed);
  }

  private Map<String, Stage> sampled(Stage trained) {
    Map<String, Stage> inputs = new LinkedHashMap<>();
    inputs.put(SampleTask.GENERATOR, trained);
    if (conditioning().onInstances()) {
      inputs.put(SampleTask.INSTANCES, instances);
      inputs.put(SampleTask.FEATURES, features);
      if (conditioning().onClasses()) {
        inputs.put(TrainIcGanTask.NEIGHBORS, neighbors);
        inputs.put(TrainIcGanTask.IMAGES, ingest);
      }
    }
    return inputs;
  }

  private IcGanSettings.Conditioning conditioning() {
    return settings.train().conditioning();
  }

  private Stage stage(String name, ShardTask task, Map<String, Stage> inputs) {
    return Stage.of(name, task, settings.seed(), inputs);
  }
}
