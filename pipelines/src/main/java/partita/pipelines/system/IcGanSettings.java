package partita.pipelines.system;

import java.util.Map;
import java.util.Optional;
import partita.models.network.BigGanConfig;
import partita.models.train.IcGanTraining;

/**
 * An IC-GAN experiment as its YAML file says it.
 *
 * @param system {@code ic-gan}
 * @param seed seed of everything; sampling seed s is {@code seed + s}
 * @param embedding the network whose features partition the data and score the samples
 * @param neighbors the k-NN graph
 * @param instances the instances that condition the samples
 * @param parallelism stage or family to how many of its shards run side by side at most
 */
public record IcGanSettings(
    String system,
    long seed,
    DatasetSettings dataset,
    EmbeddingSettings embedding,
    NeighborSettings neighbors,
    InstanceSettings instances,
    NetworkSettings network,
    TrainSettings train,
    SampleSettings sample,
    EvaluateSettings evaluate,
    Optional<Map<String, Long>> parallelism) {

  /**
   * @param k neighbors of each image, itself left out
   */
  public record NeighborSettings(int k) {
    public NeighborSettings {
      atLeastOne(k, "k");
    }
  }

  /**
   * @param count clusters, and so instances
   * @param iterations Lloyd iterations
   */
  public record InstanceSettings(int count, int iterations) {
    public InstanceSettings {
      atLeastOne(count, "count");
      atLeastOne(iterations, "iterations");
    }
  }

  /**
   * @param channelMultiplier unit of all of BigGAN's widths
   */
  public record NetworkSettings(int channelMultiplier) {

    /**
     * @param features width of an instance's features
     */
    BigGanConfig config(
        DatasetSettings dataset, Conditioning conditioning, int classes, int features) {
      return BigGanConfig.of(dataset.resolution(), channelMultiplier)
          .withImageChannels(dataset.channels())
          .withClasses(conditioning.onClasses() ? classes : 0)
          .withFeatures(conditioning.onInstances() ? features : 0);
    }
  }

  /** What the GAN is conditioned on. */
  public enum Conditioning {
    /** Features of an instance: IC-GAN. */
    INSTANCE,
    /** A class: BigGAN, the baseline. */
    CLASS,
    /** Features of an instance and the class of one of its neighbors: class-conditional IC-GAN. */
    CLASS_AND_INSTANCE;

    boolean onInstances() {
      return this != CLASS;
    }

    boolean onClasses() {
      return this != INSTANCE;
    }
  }

  /**
   * How the GAN is trained; see {@link IcGanTraining}.
   *
   * @param preset {@code reference}: pairs as the official code draws them; {@code paper}: as
   *     equation 1 does
   * @param conditioning {@code instance}, {@code class} or {@code class-and-instance}
   * @param steps steps in all
   * @param segmentSteps steps between two committed artifacts, at which metrics are taken; {@code
   *     steps} is a multiple
   */
  public record TrainSettings(
      IcGanTraining.Pairing preset,
      Conditioning conditioning,
      long steps,
      long segmentSteps,
      int batchSize,
      int discriminatorSteps,
      int accumulations,
      double generatorLearningRate,
      double discriminatorLearningRate,
      double beta1,
      double beta2,
      double epsilon,
      double averageDecay,
      long averageStart,
      boolean flipImages,
      boolean flipInstances,
      int curveWindow) {

    /** Each segment is four stages: far more would only fill the memory with their graph. */
    private static final int MOST_SEGMENTS = 1000;

    public TrainSettings {
      if (steps < 1 || segmentSteps < 1 || steps % segmentSteps != 0) {
        throw new IllegalArgumentException(
            "steps is %d and segmentSteps %d, expected steps to be a multiple of segmentSteps, both at least 1"
                .formatted(steps, segmentSteps));
      }
      if (steps / segmentSteps > MOST_SEGMENTS) {
        throw new IllegalArgumentException(
            "steps is %d and segmentSteps %d, expected at most %d segments; raise segmentSteps"
                .formatted(steps, segmentSteps, MOST_SEGMENTS));
      }
    }

    IcGanTraining training() {
      return new IcGanTraining(
          preset,
          batchSize,
          discriminatorSteps,
          accumulations,
          generatorLearningRate,
          discriminatorLearningRate,
          beta1,
          beta2,
          epsilon,
          averageDecay,
          averageStart,
          flipImages,
          flipInstances,
          curveWindow);
    }
  }

  /**
   * @param count samples of each seed
   * @param seeds sampling seeds of the final generator; earlier ones are sampled with the first
   * @param truncation standard deviation of the latent vector, 1 for none
   */
  public record SampleSettings(int count, int seeds, double truncation) {

    public SampleSettings {
      atLeastOne(count, "count");
      atLeastOne(seeds, "seeds");
    }
  }

  /**
   * @param real split that samples are compared with, {@code train} or {@code validation}
   * @param neighbors k of precision, recall, density and coverage
   * @param neighborRows most images of either side that those four use
   * @param splits splits of the inception score
   */
  public record EvaluateSettings(String real, int neighbors, int neighborRows, int splits) {

    public EvaluateSettings {
      if (!real.equals("train") && !real.equals("validation")) {
        throw new IllegalArgumentException(
            "real is '" + real + "', expected 'train' or 'validation'");
      }
    }
  }

  private static void atLeastOne(int value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", expected at least 1");
    }
  }
}
