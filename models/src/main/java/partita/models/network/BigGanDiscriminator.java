package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import partita.models.layer.Embedding;
import partita.models.layer.Layer;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.SelfAttention;
import partita.models.layer.Weighting;
import partita.models.op.Activation;
import partita.models.op.ChannelsLast;
import partita.models.op.Concatenation;

/**
 * BigGAN's projection discriminator with IC-GAN's conditioning: residual blocks, ReLU, a sum over
 * positions to h {@code [N, width]}, then {@code linear(h) + sum(h * embedding)}, the embedding
 * being that of the class, of the instance, or half of each (paper, appendix B.1). Names of
 * parameters are those of the official checkpoints.
 */
public final class BigGanDiscriminator extends Layer {
  private final BigGanConfig config;
  private final List<Stage> stages = new ArrayList<>();
  private final Linear linear;
  private final List<ConditionEmbedding> embeddings = new ArrayList<>();

  private record Stage(DiscriminatorBlock block, List<SelfAttention> attention) {}

  public BigGanDiscriminator(NDManager manager, BigGanConfig config) {
    super(manager);
    this.config = config;
    List<BigGanConfig.Block> blocks = config.discriminatorBlocks();
    for (int i = 0; i < blocks.size(); i++) {
      stages.add(stage("blocks." + i, blocks.get(i), i == 0));
    }
    int width = blocks.get(blocks.size() - 1).out();
    linear = child("linear", new Linear(manager, width, 1, Weighting.SPECTRAL));
    int share = config.hasClasses() && config.hasFeatures() ? width / 2 : width;
    if (config.hasClasses()) {
      Embedding embed =
          child("embed", new Embedding(manager, config.classes(), share, Weighting.SPECTRAL));
      embeddings.add((condition, mode) -> embed.forward(condition.labels(), mode));
    }
    if (config.hasFeatures()) {
      Linear feature =
          child(
              "linear_feat", new Linear(manager, config.featureWidth(), share, Weighting.SPECTRAL));
      embeddings.add((condition, mode) -> feature.forward(condition.unitFeatures(), mode));
    }
  }

  private Stage stage(String name, BigGanConfig.Block block, boolean first) {
    return new Stage(
        child(name + ".0", new DiscriminatorBlock(manager(), block, first)),
        block.attention()
            ? List.of(child(name + ".1", new SelfAttention(manager(), block.out())))
            : List.of());
  }

  public BigGanConfig config() {
    return config;
  }

  /** As {@link #forward(NDArray, Condition, Mode, Tap)}, untapped. */
  public NDArray forward(NDArray images, Condition condition, Mode mode) {
    return forward(images, condition, mode, Tap.NONE);
  }

  /**
   * Scores {@code [N, 1]}, higher for images that look real under their condition.
   *
   * @param images float32 {@code [N, imageChannels, resolution, resolution]} in [-1, 1]
   * @param condition labels and features, as far as the configuration has them
   * @param tap sees {@code blocks.0}, {@code blocks.1}, ... and {@code pooled}, the input of the
   *     last linear layer
   */
  public NDArray forward(NDArray images, Condition condition, Mode mode, Tap tap) {
    Shape shape = images.getShape();
    int side = config.resolution();
    if (!shape.equals(new Shape(shape.get(0), config.imageChannels(), side, side))) {
      throw new IllegalArgumentException(
          "Cannot discriminate: images have shape %s, expected (N, %d, %d, %d)"
              .formatted(shape, config.imageChannels(), side, side));
    }
    NDArray h = ChannelsLast.of(images);
    for (int i = 0; i < stages.size(); i++) {
      h = stages.get(i).block().forward(h, mode);
      for (SelfAttention attention : stages.get(i).attention()) {
        h = attention.forward(h, mode);
      }
      tap.see("blocks." + i, h);
    }
    h = Activation.relu(h).sum(new int[] {2, 3});
    tap.see("pooled", h);
    NDArray score = linear.forward(h, mode);
    if (embeddings.isEmpty()) {
      return score;
    }
    List<NDArray> embedded = new ArrayList<>();
    embeddings.forEach(embedding -> embedded.add(embedding.embed(condition, mode)));
    return score.add(Concatenation.ofColumns(embedded).mul(h).sum(new int[] {1}, true));
  }
}
