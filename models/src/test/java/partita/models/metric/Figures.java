package partita.models.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;

/** What {@code metrics.py} computed, and the rows it computed it from. */
final class Figures {
  private static final Map<String, Double> EXPECTED = read();

  private Figures() {}

  static double expected(String name) {
    return EXPECTED.get(name);
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
    try (InputStream in = Figures.class.getResourceAsStream("figures.txt")) {
      Map<String, Double> figures = new HashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .forEach(pair -> figures.put(pair[0], Double.valueOf(pair[1])));
      return figures;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
