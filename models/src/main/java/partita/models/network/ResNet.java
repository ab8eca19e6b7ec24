package partita.models.network;

import ai.djl.ndarray.NDManager;
import partita.models.layer.FrozenBatchNorm;
import partita.models.layer.FrozenConv2d;
import partita.models.layer.Linear;
import partita.models.layer.Mode;
import partita.models.layer.Weighting;
import partita.models.layer.Window;
import partita.models.op.Activation;
import partita.models.op.Resampling;

/**
 * Deep residual network (He et al., CVPR 2016) with torchvision's names and arithmetic. Layers:
 * {@code conv1}, {@code maxpool}, blocks {@code layer1.0}, {@code layer1.1}, ... and stages {@code
 * layer1}, ..., then {@code avgpool} and, with classes, {@code fc}.
 */
public final class ResNet extends PretrainedNetwork {

  public ResNet(NDManager manager, ResNetConfig config) {
    super(manager, config.classes());
    int width = config.width();
    FrozenConv2d conv1 =
        child(
            "conv1",
            new FrozenConv2d(
                manager, 3, width, Window.square(7).withStride(2), Weighting.PLAIN.withoutBias()));
    FrozenBatchNorm bn1 = child("bn1", new FrozenBatchNorm(manager, width));
    step("conv1", width, conv1::forward);
    // ReLU and maximum commute; after pooling there is a quarter left to do.
    step(
        "maxpool",
        width,
        x -> Activation.reluInPlace(Resampling.overlappingMaxima(bn1.forward(x))));
    int channels = width;
    for (int stage = 0; stage < config.blocks().size(); stage++) {
      channels = stage(config, stage, channels);
    }
    step("avgpool", channels, Resampling::mean);
    if (config.classes() > 0) {
      Linear fc = child("fc", new Linear(manager, channels, config.classes(), Weighting.PLAIN));
      step("fc", config.classes(), x -> fc.forward(x, Mode.EVALUATION));
    }
  }

  /** Adds a stage and gives the number of its channels. */
  private int stage(ResNetConfig config, int stage, int in) {
    int width = config.stageWidth(stage);
    int out = width * ResNetConfig.EXPANSION;
    String name = "layer" + (stage + 1);
    for (int i = 0; i < config.blocks().get(stage); i++) {
      int stride = stage > 0 && i == 0 ? 2 : 1;
      Bottleneck block =
          child(name + "." + i, new Bottleneck(manager(), i == 0 ? in : out, width, stride));
      step(name + "." + i, out, block::forward);
    }
    alias(name);
    return out;
  }
}
