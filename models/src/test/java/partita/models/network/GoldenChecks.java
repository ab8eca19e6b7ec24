package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import partita.models.layer.Layer;
import partita.models.op.Gradients;

/** Compares networks with what a reference script wrote of the official ones, run in float64. */
public final class GoldenChecks {
  /** Relative, of float32 outputs. */
  private static final double OUTPUT = 1e-4;

  /** Relative to a gradient's norm. */
  private static final double GRADIENT = 1e-3;

  /** Of the largest gradient: that of a bias before batch normalization is 0 but for rounding. */
  private static final double NOISE = 3e-6;

  private GoldenChecks() {}

  /** Kind and shape of the official arrays by name. */
  public static Map<String, String> names(GoldenLines golden, String label) {
    Map<String, String> names = new TreeMap<>();
    for (List<String> array : golden.of(1, label)) {
      names.put(array.get(2), array.get(1) + " " + array.get(3));
    }
    return names;
  }

  /** The network has exactly these arrays. */
  public static void assertNames(Map<String, String> expected, Layer network) {
    Map<String, String> actual = new TreeMap<>();
    network.parameters().forEach((own, array) -> actual.put(own, "parameter " + text(array)));
    network.buffers().forEach((own, array) -> actual.put(own, "buffer " + text(array)));
    assertEquals(expected, actual);
  }

  /** Some values of an output, and its projection. */
  public static void assertOutput(GoldenLines golden, String what, NDArray array) {
    double[] expected = golden.numbers("values", what);
    float[] flat = array.toFloatArray();
    int stride = Math.max(1, flat.length / 40);
    assertEquals(expected.length, (flat.length + stride - 1) / stride, what);
    double largest = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], flat[i * stride], OUTPUT * largest, what + " " + i);
    }
    assertProjection(golden, what, array, OUTPUT, 0);
  }

  /** Gradients of a loss with respect to all parameters of a network. */
  public static void assertGradients(
      GoldenLines golden, String label, NDArray loss, Layer network) {
    Map<String, NDArray> parameters = network.parameters();
    List<NDArray> gradients = Gradients.of(loss, List.copyOf(parameters.values()));
    String prefix = "gradient." + label + ".";
    double largest = 0;
    for (String own : parameters.keySet()) {
      largest = Math.max(largest, golden.numbers("projection", prefix + own)[0]);
    }
    int i = 0;
    for (String own : parameters.keySet()) {
      assertProjection(golden, prefix + own, gradients.get(i++), GRADIENT, NOISE * largest);
    }
  }

  public static void assertBuffers(GoldenLines golden, String label, Layer network) {
    network
        .buffers()
        .forEach((own, array) -> assertProjection(golden, label + "." + own, array, OUTPUT, 0));
  }

  /** Compares the norm, and the product with a hash, by which every element counts. */
  private static void assertProjection(
      GoldenLines golden, String what, NDArray array, double relative, double absolute) {
    float[] values = array.toFloatArray();
    float[] probe = HashedValues.of(what, values.length);
    double square = 0;
    double product = 0;
    for (int i = 0; i < values.length; i++) {
      square += (double) values[i] * values[i];
      product += (double) values[i] * probe[i];
    }
    double[] expected = golden.numbers("projection", what);
    double tolerance = relative * expected[0] + absolute;
    assertEquals(expected[0], Math.sqrt(square), tolerance, what + " norm");
    assertEquals(expected[1], product, tolerance, what + " projection");
  }

  private static String text(NDArray array) {
    long[] shape = array.getShape().getShape();
    return shape.length == 0
        ? "scalar"
        : LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining("x"));
  }
}
