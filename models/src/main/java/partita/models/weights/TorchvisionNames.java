package partita.models.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tensors of a file by the names of torchvision's modules, where its authors have others. Known
 * is one such file: NVIDIA's TorchScript translation of FID's Inception v3 ({@code
 * inception-2015-12-05.pt} of stylegan2-ada-pytorch, which clean-fid reads too), whose names are
 * those of the TensorFlow graph. Its batch normalization has no factors, so they are 1.
 */
public final class TorchvisionNames {
  /** An array that the translation has and no other known network. */
  private static final String LANDMARK = "layers.mixed_10.tower_1_mixed_conv_1.weight";

  private static final String ROOT = "layers.";

  /** Of each convolution: what torchvision calls its arrays. */
  private static final Map<String, String> ARRAYS =
      Map.of(
          "weight", "conv.weight",
          "beta", "bn.bias",
          "mean", "bn.running_mean",
          "var", "bn.running_var");

  private static final String FACTORS = "bn.weight";
  private static final Map<String, String> OUTPUT =
      Map.of("output.weight", "fc.weight", "output.bias", "fc.bias");

  private static final Map<String, String> STEM =
      Map.of(
          "conv", "Conv2d_1a_3x3",
          "conv_1", "Conv2d_2a_3x3",
          "conv_2", "Conv2d_2b_3x3",
          "conv_3", "Conv2d_3b_1x1",
          "conv_4", "Conv2d_4a_3x3");

  private static final Map<String, String> FINE =
      Map.of(
          "conv", "branch1x1",
          "tower.conv", "branch5x5_1",
          "tower.conv_1", "branch5x5_2",
          "tower_1.conv", "branch3x3dbl_1",
          "tower_1.conv_1", "branch3x3dbl_2",
          "tower_1.conv_2", "branch3x3dbl_3",
          "tower_2.conv", "branch_pool");

  private static final Map<String, String> HALVING =
      Map.of(
          "conv", "branch3x3",
          "tower.conv", "branch3x3dbl_1",
          "tower.conv_1", "branch3x3dbl_2",
          "tower.conv_2", "branch3x3dbl_3");

  private static final Map<String, String> FACTORIZED =
      Map.of(
          "conv", "branch1x1",
          "tower.conv", "branch7x7_1",
          "tower.conv_1", "branch7x7_2",
          "tower.conv_2", "branch7x7_3",
          "tower_1.conv", "branch7x7dbl_1",
          "tower_1.conv_1", "branch7x7dbl_2",
          "tower_1.conv_2", "branch7x7dbl_3",
          "tower_1.conv_3", "branch7x7dbl_4",
          "tower_1.conv_4", "branch7x7dbl_5",
          "tower_2.conv", "branch_pool");

  private static final Map<String, String> FACTORIZED_HALVING =
      Map.of(
          "tower.conv", "branch3x3_1",
          "tower.conv_1", "branch3x3_2",
          "tower_1.conv", "branch7x7x3_1",
          "tower_1.conv_1", "branch7x7x3_2",
          "tower_1.conv_2", "branch7x7x3_3",
          "tower_1.conv_3", "branch7x7x3_4");

  private static final Map<String, String> COARSE =
      Map.of(
          "conv", "branch1x1",
          "tower_conv", "branch3x3_1",
          "tower_mixed_conv", "branch3x3_2a",
          "tower_mixed_conv_1", "branch3x3_2b",
          "tower_1_conv", "branch3x3dbl_1",
          "tower_1_conv_1", "branch3x3dbl_2",
          "tower_1_mixed_conv", "branch3x3dbl_3a",
          "tower_1_mixed_conv_1", "branch3x3dbl_3b",
          "tower_2_conv", "branch_pool");

  /** Torchvision's name of each convolution. */
  private static final Map<String, String> CONVOLUTIONS = convolutions();

  private TorchvisionNames() {}

  /**
   * The tensors, sorted; those of a file with torchvision's own names are as they are. A name that
   * is not known stays, so that {@link WeightImport} refuses it.
   *
   * @throws WeightFileException as {@link WeightFile#tensors()}
   */
  public static Map<String, StoredTensor> of(WeightFile file) throws IOException {
    Map<String, StoredTensor> tensors = file.tensors();
    if (!tensors.containsKey(LANDMARK)) {
      return tensors;
    }
    Map<String, StoredTensor> named = new TreeMap<>();
    tensors.forEach(
        (name, tensor) -> {
          int dot = name.lastIndexOf('.');
          String convolution = CONVOLUTIONS.get(name.substring(0, Math.max(0, dot)));
          String array = ARRAYS.get(name.substring(dot + 1));
          if (convolution == null || array == null) {
            named.put(OUTPUT.getOrDefault(name, name), tensor);
            return;
          }
          named.put(convolution + "." + array, tensor);
          if (array.equals(ARRAYS.get("beta"))) {
            named.put(convolution + "." + FACTORS, new Ones(tensor.shape()));
          }
        });
    return named;
  }

  private static Map<String, String> convolutions() {
    Map<String, String> names = new HashMap<>();
    STEM.forEach((name, ours) -> names.put(ROOT + name, ours));
    List<Map<String, String>> blocks =
        List.of(
            FINE,
            FINE,
            FINE,
            HALVING,
            FACTORIZED,
            FACTORIZED,
            FACTORIZED,
            FACTORIZED,
            FACTORIZED_HALVING,
            COARSE,
            COARSE);
    List<String> ours = List.of("5b", "5c", "5d", "6a", "6b", "6c", "6d", "6e", "7a", "7b", "7c");
    for (int i = 0; i < blocks.size(); i++) {
      String block = ROOT + "mixed" + (i == 0 ? "" : "_" + i) + ".";
      String target = "Mixed_" + ours.get(i) + ".";
      blocks.get(i).forEach((name, unit) -> names.put(block + name, target + unit));
    }
    return names;
  }

  /** An array of ones that is in no file. */
  private record Ones(List<Long> shape) implements StoredTensor {
    @Override
    public String dtype() {
      return "float32";
    }

    @Override
    public long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public ByteBuffer floats() {
      ByteBuffer ones =
          ByteBuffer.allocate(Math.toIntExact(elements() * Float.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      while (ones.hasRemaining()) {
        ones.putFloat(1);
      }
      return ones.flip();
    }
  }
}
