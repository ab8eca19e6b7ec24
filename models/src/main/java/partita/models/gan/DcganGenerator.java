package partita.models.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import partita.models.layer.BatchNorm;
import partita.models.layer.Conv2d;
import partita.models.layer.Mode;
import partita.models.layer.Scoped;
import partita.models.layer.TransposedConv2d;
import partita.models.layer.Weighting;
import partita.models.op.Activation;

/**
 * The generator of both DCGANs: from 4x4 to 32x32 in three transposed convolutions, each followed
 * by batch normalization and ReLU, then a 3x3 convolution and tanh. Names: {@code conv1}, {@code
 * bn1.bn}, ..., {@code conv_out.0}.
 */
final class DcganGenerator extends ImageGenerator {
  static final int RESOLUTION = 32;
  private static final int BOTTOM = 4;

  /**
   * 1 - .9^2. The reference passes the same batch through G twice in a step, in D's update and in
   * G's, and each time moves the running statistics by .1; the trainer here passes it once.
   */
  private static final double MOMENTUM = 0.19;

  private final List<Block> blocks = new ArrayList<>();
  private final Conv2d last;

  private record Block(TransposedConv2d convolution, BatchNorm norm) {}

  DcganGenerator(NDManager manager, ImageGanConfig config) {
    super(manager, config, 8 * config.width(), BOTTOM);
    for (int i = 1; i <= 3; i++) {
      int out = config.width() << (3 - i);
      blocks.add(
          new Block(
              child("conv" + i, new TransposedConv2d(manager, 2L * out, out)),
              child("bn" + i + ".bn", BatchNorm.torch(manager, out, MOMENTUM))));
    }
    last =
        child(
            "conv_out.0",
            new Conv2d(manager, config.width(), config.imageChannels(), 3, Weighting.TORCH));
  }

  @Override
  NDArray image(NDArray map, Mode mode) {
    NDArray h = map;
    for (Block block : blocks) {
      NDArray x = h;
      h =
          Scoped.of(
              () ->
                  Activation.reluInPlace(
                      block.norm().forward(block.convolution().forward(x), mode)));
    }
    return last.forward(h, mode).tanh();
  }
}
