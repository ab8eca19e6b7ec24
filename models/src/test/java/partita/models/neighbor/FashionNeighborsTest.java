package partita.models.neighbor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;

/** Graphs of Fashion-MNIST's test images equal those of faiss; {@code fashion.py} says of what. */
class FashionNeighborsTest {
  private static final Path IMAGES =
      Path.of("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz");
  private static final int ROWS = 10_000;
  private static final int PIXELS = 784;
  private static final int RELU = 32;
  private static final int SIGN = 64;

  private static float[] relu = {};
  private static float[] sign = {};

  @BeforeAll
  static void computeFeatures() throws IOException {
    boolean installed = Files.exists(IMAGES);
    if (!installed) {
      System.err.println(
          "SKIPPED: neighbors are not compared with faiss on Fashion-MNIST, as "
              + IMAGES
              + " is not there; apt install dataset-fashion-mnist");
    }
    assumeTrue(installed, "dataset-fashion-mnist is not installed");
    byte[] pixels = new byte[ROWS * PIXELS];
    try (InputStream in = new GZIPInputStream(Files.newInputStream(IMAGES))) {
      in.skipNBytes(16);
      assertEquals(pixels.length, in.readNBytes(pixels, 0, pixels.length));
    }
    int[][] reluWeights = new int[RELU][PIXELS];
    int[][] signWeights = new int[SIGN][PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      for (int j = 0; j < RELU; j++) {
        reluWeights[j][i] = (31 * i + 17 * j + 7 * i * j) % 11 - 5;
      }
      for (int j = 0; j < SIGN; j++) {
        signWeights[j][i] = (i * i + 13 * i * j + 5 * j) % 23 - 11;
      }
    }
    relu = new float[ROWS * RELU];
    sign = new float[ROWS * SIGN];
    for (int row = 0; row < ROWS; row++) {
      for (int j = 0; j < RELU; j++) {
        int sum = product(pixels, row, reluWeights[j]);
        relu[row * RELU + j] = Math.min(500, Math.max(0, Math.floorDiv(sum, 64)));
      }
      for (int j = 0; j < SIGN; j++) {
        sign[row * SIGN + j] = product(pixels, row, signWeights[j]) >= 0 ? 1 : -1;
      }
    }
  }

  private static int product(byte[] pixels, int row, int[] weights) {
    int sum = 0;
    for (int i = 0; i < PIXELS; i++) {
      sum += (pixels[row * PIXELS + i] & 0xff) * weights[i];
    }
    return sum;
  }

  @Test
  void cosineNeighborsOfExactProductsHaveFaissIds() throws Exception {
    assertIds("sign", sign, SIGN, Similarity.COSINE);
  }

  @Test
  void euclideanNeighborsOfExactDistancesHaveFaissIds() throws Exception {
    assertIds("relu", relu, RELU, Similarity.EUCLIDEAN);
  }

  /** The nearest, the 50 nearest, and all others of 400 images, in blocks and whole. */
  private static void assertIds(String name, float[] values, int width, Similarity similarity)
      throws Exception {
    assertEquals(expected(name + ".10000.1"), digest(values, width, similarity, ROWS, 1, 1700));
    assertEquals(expected(name + ".10000.50"), digest(values, width, similarity, ROWS, 50, 4000));
    assertEquals(expected(name + ".400.399"), digest(values, width, similarity, 400, 399, 150));
    assertEquals(expected(name + ".400.399"), digest(values, width, similarity, 400, 399, 400));
  }

  private static String digest(
      float[] values, int width, Similarity similarity, int rows, int k, int blockRows)
      throws Exception {
    float[] first = Arrays.copyOf(values, rows * width);
    int[] ids = NeighborGraph.of(new ArrayRows(first, width), similarity, k, blockRows, 1).ids();
    ByteBuffer bytes =
        ByteBuffer.allocate(ids.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(ids);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
  }

  private static String expected(String name) throws IOException {
    try (InputStream in = FashionNeighborsTest.class.getResourceAsStream("fashion.txt")) {
      List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      return lines.stream()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.split(" ")[1])
          .findAny()
          .orElseThrow();
    }
  }

  /**
   * Rounded cosines: two images whose cosines differ by less than rounding may change places, all
   * others have faiss's place, and the cosines of each place are faiss's either way.
   */
  @Test
  void cosineNeighborsOfRoundedProductsHaveFaissIdsUpToTies() throws Exception {
    int k = 50;
    NeighborLists found =
        NeighborGraph.of(new ArrayRows(relu, RELU), Similarity.COSINE, k, 4000, 1);
    int[] ids = Golden.ints("neighbor/fashion.relu.ids.bin");
    float[] scores = Golden.floats("neighbor/fashion.relu.scores.bin");
    int swapped = 0;
    for (int i = 0; i < ids.length; i++) {
      assertEquals(scores[i], found.similarities()[i], 4e-7);
      if (ids[i] != found.ids()[i]) {
        swapped++;
        assertEquals(cosine(i / k, ids[i]), cosine(i / k, found.ids()[i]), 4e-7);
      }
    }
    assertTrue(swapped < ids.length / 50, swapped + " ids of " + ids.length + " are others");
  }

  private static double cosine(int a, int b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < RELU; j++) {
      double x = relu[a * RELU + j];
      double y = relu[b * RELU + j];
      ab += x * y;
      aa += x * x;
      bb += y * y;
    }
    return ab / Math.sqrt(aa * bb);
  }
}
