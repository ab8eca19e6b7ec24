package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import partita.models.layer.BatchNorm;
import partita.models.layer.Conv2d;
import partita.models.layer.Embedding;
import partita.models.layer.Initializer;
import partita.models.layer.Layer;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.SelfAttention;
import partita.models.layer.Weighting;
import partita.models.op.Activation;
import partita.models.op.ChannelsLast;
import partita.models.op.Concatenation;

/**
 * BigGAN's generator with IC-GAN's conditioning. The first chunk of z makes a 4x4 map; each block
 * doubles it, modulated by {@code [class embedding | instance embedding | its chunk of z]}. Names
 * of parameters are those of the official checkpoints; the class embedding that the official
 * unlabeled network carries without using is left out.
 */
public final class BigGanGenerator extends Layer {
  private final BigGanConfig config;
  private final List<ConditionEmbedding> embeddings = new ArrayList<>();
  private final Linear linear;
  private final List<Stage> stages = new ArrayList<>();
  private final BatchNorm outputNorm;
  private final Conv2d outputConv;

  private record Stage(GeneratorBlock block, List<SelfAttention> attention) {}

  public BigGanGenerator(NDManager manager, BigGanConfig config) {
    super(manager);
    this.config = config;
    if (config.hasClasses()) {
      // The one weight that the official code does not normalize spectrally.
      Weighting weighting = new Weighting(Initializer.orthogonal(), false, false);
      Embedding shared =
          child("shared", new Embedding(manager, config.classes(), config.classWidth(), weighting));
      embeddings.add((condition, mode) -> shared.forward(condition.labels(), mode));
    }
    if (config.hasFeatures()) {
      Linear shared =
          child(
              "shared_feat",
              new Linear(
                  manager, config.featureWidth(), config.instanceWidth(), Weighting.SPECTRAL));
      embeddings.add((condition, mode) -> shared.forward(condition.unitFeatures(), mode));
    }
    List<BigGanConfig.Block> blocks = config.generatorBlocks();
    int bottom = blocks.get(0).in() * BigGanConfig.BOTTOM * BigGanConfig.BOTTOM;
    linear = child("linear", new Linear(manager, config.chunkWidth(), bottom, Weighting.SPECTRAL));
    for (int i = 0; i < blocks.size(); i++) {
      stages.add(stage("blocks." + i, blocks.get(i)));
    }
    int width = blocks.get(blocks.size() - 1).out();
    outputNorm = child("output_layer.0", new BatchNorm(manager, width));
    outputConv =
        child(
            "output_layer.2",
            new Conv2d(manager, width, config.imageChannels(), 3, Weighting.SPECTRAL));
  }

  private Stage stage(String name, BigGanConfig.Block block) {
    return new Stage(
        child(
            name + ".0",
            new GeneratorBlock(manager(), block.in(), block.out(), config.modulationWidth())),
        block.attention()
            ? List.of(child(name + ".1", new SelfAttention(manager(), block.out())))
            : List.of());
  }

  public BigGanConfig config() {
    return config;
  }

  /** As {@link #forward(NDArray, Condition, Mode, Tap)}, untapped. */
  public NDArray forward(NDArray z, Condition condition, Mode mode) {
    return forward(z, condition, mode, Tap.NONE);
  }

  /**
   * Images {@code [N, imageChannels, resolution, resolution]} in [-1, 1].
   *
   * @param z standard normals, float32 {@code [N, config().latentWidth()]}
   * @param condition labels and features, as far as the configuration has them
   * @param tap sees {@code linear} and {@code blocks.0}, {@code blocks.1}, ...
   */
  public NDArray forward(NDArray z, Condition condition, Mode mode, Tap tap) {
    Shape shape = z.getShape();
    if (shape.dimension() != 2 || shape.get(1) != config.latentWidth()) {
      throw new IllegalArgumentException(
          "Cannot generate: z has shape %s, expected (N, %d)"
              .formatted(shape, config.latentWidth()));
    }
    List<NDArray> embedded = new ArrayList<>();
    embeddings.forEach(embedding -> embedded.add(embedding.embed(condition, mode)));
    NDList chunks = z.split(stages.size() + 1, 1);
    NDArray h = linear.forward(chunks.get(0), mode);
    h = ChannelsLast.of(h.reshape(shape.get(0), -1, BigGanConfig.BOTTOM, BigGanConfig.BOTTOM));
    tap.see("linear", h);
    for (int i = 0; i < stages.size(); i++) {
      List<NDArray> modulation = new ArrayList<>(embedded);
      modulation.add(chunks.get(i + 1));
      h = stages.get(i).block().forward(h, Concatenation.ofColumns(modulation), mode);
      for (SelfAttention attention : stages.get(i).attention()) {
        h = attention.forward(h, mode);
      }
      tap.see("blocks." + i, h);
    }
    h = Activation.reluInPlace(outputNorm.forward(h, mode));
    return outputConv.forward(h, mode).tanh();
  }
}
