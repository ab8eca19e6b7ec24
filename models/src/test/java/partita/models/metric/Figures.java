package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.function.Executable;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;

/**
 * What {@code metrics.py}, {@code protocols/protocols.py} and {@code official/official.py}
 * computed, and the rows they computed it from.
 */
final class Figures {
  private static final Map<String, Double> EXPECTED = read();

  private Figures() {}

  static double expected(String name) {
    return EXPECTED.get(name);
  }

  /** Asserts a figure within 1e-6 of its size. */
  static void assertFigure(String name, double found) {
    double expected = expected(name);
    assertEquals(expected, found, 1e-6 * Math.abs(expected), name);
  }

  /** Rows of which one value is not a number. */
  static RowSource broken(RowSource rows, int row) {
    float[] values = new float[Math.toIntExact(rows.rows() * rows.width())];
    rows.read(0, (int) rows.rows(), FloatBuffer.wrap(values));
    values[row * rows.width() + 1] = Float.NaN;
    return new ArrayRows(values, rows.width());
  }

  /** The first rows. */
  static RowSource first(RowSource rows, int count) {
    return new SelectedRows(rows, IntStream.range(0, count).toArray());
  }

  /** The message of the refusal of bad input. */
  static String refusal(Executable work) {
    return assertThrows(IllegalArgumentException.class, work).getMessage();
  }

  static RowSource real() throws IOException {
    return new ArrayRows(Golden.floats("metric/real.bin"), 12);
  }

  static RowSource generated() throws IOException {
    return new ArrayRows(Golden.floats("metric/generated.bin"), 12);
  }

  static RowSource logits() throws IOException {
    return new ArrayRows(Golden.floats("metric/logits.bin"), 7);
  }

  private static Map<String, Double> read() {
    Map<String, Double> figures = new HashMap<>();
    for (String name : List.of("figures.txt", "protocols/figures.txt", "official/figures.txt")) {
      try (InputStream in = Figures.class.getResourceAsStream(name)) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.split(" "))
            .forEach(pair -> figures.put(pair[0], Double.valueOf(pair[1])));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return figures;
  }
}
