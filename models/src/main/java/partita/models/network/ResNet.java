package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import partita.models.layer.Conv2d;
import partita.models.layer.FrozenBatchNorm;
import partita.models.layer.Layer;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.op.Activation;
import partita.models.op.ChannelsLast;
import partita.models.op.Resampling;

/**
 * Deep residual network (He et al., CVPR 2016) with torchvision's names and arithmetic, for
 * imported weights: it is evaluated, not trained. Layers that a {@link Tap} can see are those of
 * {@link ResNetConfig#layers()}.
 */
public final class ResNet extends Layer {
  private final ResNetConfig config;
  private final Conv2d conv1;
  private final FrozenBatchNorm bn1;
  private final List<List<Bottleneck>> stages = new ArrayList<>();
  private final @Nullable Linear fc;

  public ResNet(NDManager manager, ResNetConfig config) {
    super(manager);
    this.config = config;
    conv1 =
        child("conv1", new Conv2d(manager, 3, config.width(), 7, 2, Weighting.PLAIN.withoutBias()));
    bn1 = child("bn1", new FrozenBatchNorm(manager, config.width()));
    long in = config.width();
    for (int stage = 0; stage < config.blocks().size(); stage++) {
      int width = config.stageWidth(stage);
      List<Bottleneck> blocks = new ArrayList<>();
      for (int block = 0; block < config.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        String name = "layer%d.%d".formatted(stage + 1, block);
        blocks.add(child(name, new Bottleneck(manager, in, width, stride)));
        in = (long) width * ResNetConfig.EXPANSION;
      }
      stages.add(blocks);
    }
    fc =
        config.classes() == 0
            ? null
            : child("fc", new Linear(manager, in, config.classes(), Weighting.PLAIN));
  }

  public ResNetConfig config() {
    return config;
  }

  /**
   * Evaluates a batch; arrays that the tap does not want are freed as soon as they were used.
   *
   * @param images float32 {@code [N, 3, H, W]}, normalized as the weights' training did
   * @return class scores {@code [N, classes]}, none for a network without classes
   */
  public Optional<NDArray> forward(NDArray images, Tap tap) {
    Shape shape = images.getShape();
    if (shape.dimension() != 4 || shape.get(1) != 3) {
      throw new IllegalArgumentException(
          "Cannot evaluate ResNet: images have shape %s, expected (N, 3, H, W)".formatted(shape));
    }
    NDArray h = stem(ChannelsLast.of(images), tap);
    for (int stage = 0; stage < stages.size(); stage++) {
      String name = "layer" + (stage + 1);
      for (int block = 0; block < stages.get(stage).size(); block++) {
        NDArray next = stages.get(stage).get(block).forward(h);
        release(h, tap);
        h = next;
        tap.see(name + "." + block, h);
      }
      tap.see(name, h);
    }
    NDArray features = Resampling.mean(h);
    release(h, tap);
    tap.see("avgpool", features);
    if (fc == null) {
      return Optional.empty();
    }
    NDArray logits = fc.forward(features, Mode.EVALUATION);
    tap.see("fc", logits);
    return Optional.of(logits);
  }

  private NDArray stem(NDArray images, Tap tap) {
    NDArray convolved = conv1.forward(images, Mode.EVALUATION);
    tap.see("conv1", convolved);
    NDArray normalized = bn1.forward(convolved);
    release(convolved, tap);
    // ReLU and maximum commute; after pooling there is a quarter left to do.
    NDArray pooled = Activation.reluInPlace(Resampling.overlappingMaxima(normalized));
    normalized.close();
    tap.see("maxpool", pooled);
    return pooled;
  }

  private static void release(NDArray used, Tap tap) {
    if (!tap.keeps(used)) {
      used.close();
    }
  }
}
