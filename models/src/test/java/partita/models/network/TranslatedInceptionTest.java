package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.PretrainedWeights;
import partita.models.op.NativeThreads;
import partita.models.train.NamedTensor;
import partita.models.train.NetworkWeights;
import partita.models.train.TensorRole;
import partita.models.weights.Safetensors;
import partita.models.weights.WeightFile;
import partita.models.weights.WeightFileException;

/** FID's Inception by the names of NVIDIA's translation of it, see translated.py. */
class TranslatedInceptionTest {
  private static final int PERIOD = 1 << 20;
  private static final InceptionV3.Config FID = new InceptionV3.Config(InceptionV3.Variant.FID, 0);
  @TempDir static Path folder;
  private static GoldenLines golden;
  private static List<NamedTensor> arrays;

  @BeforeAll
  static void readGolden() throws IOException {
    NativeThreads.set(1);
    golden = GoldenLines.of("translated.txt", "translated");
    arrays = new ArrayList<>();
    for (List<String> line : golden.of(1, "N")) {
      List<Long> shape = Arrays.stream(line.get(2).split("x")).map(Long::valueOf).toList();
      arrays.add(array(line.get(1), shape));
    }
  }

  @Test
  void everyArrayFindsItsPlace() throws IOException {
    Path path = folder.resolve("whole.safetensors");
    Safetensors.write(path, arrays);
    try (WeightFile file = WeightFile.open(path);
        NDManager manager = NDManager.newBaseManager("PyTorch");
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Architecture found = PretrainedWeights.check(file, FID).architecture();
      assertEquals(FID.withClasses(1008), found);
      PretrainedNetwork network = found.build(manager);
      NetworkWeights.load(network, found.family(), PretrainedWeights.read(file, found));
      Features taps = new Features();
      NDArray images = HashedValues.of(manager, "translated", new Shape(2, 3, 299, 299));
      network.forward(images, taps);
      PretrainedGoldenTest.assertValues(golden, "features", taps.of("avgpool"));
      PretrainedGoldenTest.assertValues(golden, "scores", taps.of("fc"));
    }
  }

  @Test
  void arrayWithoutAPlaceIsNamedAsInTheFile() throws IOException {
    Path path = folder.resolve("more.safetensors");
    List<NamedTensor> more = new ArrayList<>(arrays);
    more.add(array("layers.conv.gamma", List.of(32L)));
    Safetensors.write(path, more);
    try (WeightFile file = WeightFile.open(path)) {
      String message =
          assertThrows(WeightFileException.class, () -> PretrainedWeights.check(file, FID))
              .getMessage();
      assertTrue(message.endsWith(":\n  unexpected layers.conv.gamma [32]"), message);
    }
  }

  private static NamedTensor array(String name, List<Long> shape) {
    return new NamedTensor(
        TensorRole.PARAMETER, name, DataType.FLOAT32, shape, () -> values(name, shape));
  }

  /** The scales of translated.py. */
  private static ByteBuffer values(String name, List<Long> shape) {
    int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    float[] hashed = HashedValues.of(name, Math.min(count, PERIOD));
    float offset = name.endsWith("var") ? 1 : 0;
    float scale = name.endsWith("var") ? 0.5f : 0.3f;
    if (shape.size() > 1) {
      scale = (float) Math.sqrt(6.0 * shape.get(0) / count);
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      bytes.putFloat(offset + scale * hashed[i % PERIOD]);
    }
    return bytes.flip();
  }
}
