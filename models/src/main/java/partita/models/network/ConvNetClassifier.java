package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import partita.models.layer.BatchNorm;
import partita.models.layer.Conv2d;
import partita.models.layer.Layer;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.layer.Weighting;
import partita.models.op.Activation;
import partita.models.op.ChannelsLast;
import partita.models.op.Resampling;

/**
 * A small image classifier whose penultimate layer serves as the feature of an image: six times 3x3
 * convolution, batch normalization and ReLU, with three max-poolings between, then the mean over
 * positions and a linear layer. Made for images of 28 to 64 pixels on a CPU.
 */
public final class ConvNetClassifier extends Layer implements EmbeddingNetwork {
  private static final List<Integer> POOLED = List.of(0, 1, 3);

  private final ConvNetConfig config;
  private final List<Block> blocks = new ArrayList<>();
  private final Linear head;

  private record Block(Conv2d convolution, BatchNorm norm, boolean pooled) {}

  /**
   * What the network says of a batch.
   *
   * @param features {@code [N, featureWidth]}, none negative
   * @param logits {@code [N, classes]}
   */
  public record Output(NDArray features, NDArray logits) {}

  public ConvNetClassifier(NDManager manager, ConvNetConfig config) {
    super(manager);
    this.config = config;
    long in = config.imageChannels();
    for (int i = 0; i < ConvNetConfig.BLOCKS; i++) {
      long out = config.blockWidth(i);
      String name = ConvNetConfig.block(i) + ".";
      Weighting weighting = Weighting.PLAIN.withoutBias();
      blocks.add(
          new Block(
              child(name + "conv", new Conv2d(manager, in, out, 3, weighting)),
              child(name + "bn", new BatchNorm(manager, out)),
              POOLED.contains(i)));
      in = out;
    }
    head = child("head", new Linear(manager, in, config.classes(), Weighting.PLAIN));
  }

  public ConvNetConfig config() {
    return config;
  }

  @Override
  public Map<String, Integer> layers() {
    return config.layers();
  }

  @Override
  public int classes() {
    return config.classes();
  }

  @Override
  public Optional<NDArray> evaluate(NDArray images, Tap tap) {
    return Optional.of(forward(images, Mode.EVALUATION, tap).logits());
  }

  /** As {@link #forward(NDArray, Mode, Tap)}, untapped. */
  public Output forward(NDArray images, Mode mode) {
    return forward(images, mode, Tap.NONE);
  }

  /**
   * @param images float32 {@code [N, imageChannels, H, W]} in [-1, 1], H and W at least 8
   * @param tap sees {@code blocks.0} to {@code blocks.5}, {@code features} and {@code head}
   */
  public Output forward(NDArray images, Mode mode, Tap tap) {
    Shape shape = images.getShape();
    if (shape.dimension() != 4
        || shape.get(1) != config.imageChannels()
        || Math.min(shape.get(2), shape.get(3)) < 8) {
      throw new IllegalArgumentException(
          "Cannot classify: images have shape %s, expected (N, %d, H, W) with H, W >= 8"
              .formatted(shape, config.imageChannels()));
    }
    NDArray h = ChannelsLast.of(images);
    for (int i = 0; i < blocks.size(); i++) {
      h = forward(blocks.get(i), h, mode);
      tap.see(ConvNetConfig.block(i), h);
    }
    NDArray features = Resampling.mean(h);
    tap.see(ConvNetConfig.FEATURES, features);
    NDArray logits = head.forward(features, mode);
    tap.see(ConvNetConfig.HEAD, logits);
    return new Output(features, logits);
  }

  private static NDArray forward(Block block, NDArray x, Mode mode) {
    return Scoped.of(
        () -> {
          NDArray h = block.norm().forward(block.convolution().forward(x, mode), mode);
          // ReLU and maximum commute; after pooling there is a quarter left to do.
          return Activation.reluInPlace(block.pooled() ? Resampling.maxima(h) : h);
        });
  }
}
