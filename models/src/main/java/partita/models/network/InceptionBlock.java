package partita.models.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import partita.models.layer.Layer;
import partita.models.layer.Window;
import partita.models.network.InceptionV3.Pooled;
import partita.models.op.Concatenation;
import partita.models.op.Pooling;

/**
 * Block of {@link InceptionV3}: branches that see the same input, their results side by side. The
 * five kinds are figures 5, 6 and 7 of the paper and the two blocks between that halve the size;
 * names are torchvision's.
 */
final class InceptionBlock extends Layer {
  private final int in;
  private final List<Function<NDArray, List<NDArray>>> branches = new ArrayList<>();
  private int channels;

  private InceptionBlock(NDManager manager, int in) {
    super(manager);
    this.in = in;
  }

  /** Figure 5, at 35x35 pixels. */
  static InceptionBlock fine(NDManager manager, int in, int pooledChannels, Pooled pooled) {
    InceptionBlock block = new InceptionBlock(manager, in);
    block.branch(block.square("branch1x1", in, 64, 1));
    block.branch(block.square("branch5x5_1", in, 48, 1), block.square("branch5x5_2", 48, 64, 5));
    block.branch(
        block.square("branch3x3dbl_1", in, 64, 1),
        block.square("branch3x3dbl_2", 64, 96, 3),
        block.square("branch3x3dbl_3", 96, 96, 3));
    block.pooledBranch(pooledChannels, pooled);
    return block;
  }

  /** From 35x35 pixels to 17x17. */
  static InceptionBlock halving(NDManager manager, int in) {
    InceptionBlock block = new InceptionBlock(manager, in);
    block.branch(block.halvingUnit("branch3x3", in, 384));
    block.branch(
        block.square("branch3x3dbl_1", in, 64, 1),
        block.square("branch3x3dbl_2", 64, 96, 3),
        block.halvingUnit("branch3x3dbl_3", 96, 96));
    block.maximaBranch();
    return block;
  }

  /**
   * Figure 6, at 17x17 pixels.
   *
   * @param width channels between the 7x7 convolutions, each factorized in two
   */
  static InceptionBlock factorized(NDManager manager, int in, int width, Pooled pooled) {
    InceptionBlock block = new InceptionBlock(manager, in);
    block.branch(block.square("branch1x1", in, 192, 1));
    block.branch(
        block.square("branch7x7_1", in, width, 1),
        block.unit("branch7x7_2", width, width, Window.of(1, 7)),
        block.unit("branch7x7_3", width, 192, Window.of(7, 1)));
    block.branch(
        block.square("branch7x7dbl_1", in, width, 1),
        block.unit("branch7x7dbl_2", width, width, Window.of(7, 1)),
        block.unit("branch7x7dbl_3", width, width, Window.of(1, 7)),
        block.unit("branch7x7dbl_4", width, width, Window.of(7, 1)),
        block.unit("branch7x7dbl_5", width, 192, Window.of(1, 7)));
    block.pooledBranch(192, pooled);
    return block;
  }

  /** From 17x17 pixels to 8x8. */
  static InceptionBlock factorizedHalving(NDManager manager, int in) {
    InceptionBlock block = new InceptionBlock(manager, in);
    block.branch(
        block.square("branch3x3_1", in, 192, 1), block.halvingUnit("branch3x3_2", 192, 320));
    block.branch(
        block.square("branch7x7x3_1", in, 192, 1),
        block.unit("branch7x7x3_2", 192, 192, Window.of(1, 7)),
        block.unit("branch7x7x3_3", 192, 192, Window.of(7, 1)),
        block.halvingUnit("branch7x7x3_4", 192, 192));
    block.maximaBranch();
    return block;
  }

  /** Figure 7, at 8x8 pixels: the 3x3 convolutions end as a row and a column side by side. */
  static InceptionBlock coarse(NDManager manager, int in, Pooled pooled) {
    InceptionBlock block = new InceptionBlock(manager, in);
    block.branch(block.square("branch1x1", in, 320, 1));
    InceptionUnit first = block.square("branch3x3_1", in, 384, 1);
    block.fork(first::forward, "branch3x3_2");
    InceptionUnit reduce = block.square("branch3x3dbl_1", in, 448, 1);
    InceptionUnit spatial = block.square("branch3x3dbl_2", 448, 384, 3);
    block.fork(x -> spatial.forward(reduce.forward(x)), "branch3x3dbl_3");
    block.pooledBranch(192, pooled);
    return block;
  }

  /** Channels of its output. */
  int channels() {
    return channels;
  }

  /** {@code [N, in, H, W]} to {@code [N, channels, H, W]}, or half the size rounded down. */
  NDArray forward(NDArray x) {
    List<NDArray> results = new ArrayList<>();
    branches.forEach(branch -> results.addAll(branch.apply(x)));
    return Concatenation.ofColumns(results);
  }

  private void branch(InceptionUnit... units) {
    channels += units[units.length - 1].channels();
    branches.add(
        x -> {
          NDArray h = x;
          for (InceptionUnit unit : units) {
            h = unit.forward(h);
          }
          return List.of(h);
        });
  }

  private void fork(Function<NDArray, NDArray> stem, String name) {
    InceptionUnit row = unit(name + "a", 384, 384, Window.of(1, 3));
    InceptionUnit column = unit(name + "b", 384, 384, Window.of(3, 1));
    channels += row.channels() + column.channels();
    branches.add(
        x -> {
          NDArray h = stem.apply(x);
          return List.of(row.forward(h), column.forward(h));
        });
  }

  private void pooledBranch(int out, Pooled pooled) {
    InceptionUnit unit = square("branch_pool", in, out, 1);
    channels += out;
    branches.add(x -> List.of(unit.forward(pooled.of(x))));
  }

  private void maximaBranch() {
    channels += in;
    branches.add(x -> List.of(Pooling.maxima(x, 3, 2)));
  }

  private InceptionUnit square(String name, int from, int to, int side) {
    return unit(name, from, to, Window.square(side));
  }

  private InceptionUnit halvingUnit(String name, int from, int to) {
    return unit(name, from, to, new Window(3, 3, 2, 0, 0));
  }

  private InceptionUnit unit(String name, int from, int to, Window window) {
    return child(name, new InceptionUnit(manager(), from, to, window));
  }
}
