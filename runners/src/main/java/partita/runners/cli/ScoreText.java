package partita.runners.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import partita.pipelines.score.ScoreFigure;
import partita.pipelines.score.ScoreOutcome;

/** Figures as a table, and below it what they should be read with. */
final class ScoreText {
  private static final int DIGEST_SHOWN = 12;

  private ScoreText() {}

  static void print(ScoreOutcome outcome, PrintStream out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", "value", "real", "generated", "network", "protocol"));
    outcome.figures().forEach(figure -> rows.add(row(figure)));
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    outcome.warnings().forEach(warning -> out.println("Warning: " + warning));
  }

  private static List<String> row(ScoreFigure figure) {
    String value = number(figure.value());
    return List.of(
        figure.metric(),
        value + spread(figure),
        figure.realCount() == 0 ? "-" : count(figure.realCount()),
        count(figure.generatedCount()),
        network(figure.network()),
        figure.protocol() + "; " + figure.definition());
  }

  private static String spread(ScoreFigure figure) {
    String spread = "";
    if (figure.std().isPresent()) {
      spread += " ± " + number(figure.std().getAsDouble());
    }
    if (figure.low().isPresent() && figure.high().isPresent()) {
      spread +=
          " [%s, %s]"
              .formatted(number(figure.low().getAsDouble()), number(figure.high().getAsDouble()));
    }
    return spread;
  }

  /** Six digits, which is what two implementations of a metric agree on. */
  private static String number(double value) {
    return "%.6g".formatted(value);
  }

  private static String count(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }

  /** The name with the beginning of the digest; a dash where none takes part. */
  private static String network(String network) {
    if (network.isEmpty()) {
      return "-";
    }
    int space = network.lastIndexOf(' ');
    boolean digest = space >= 0 && network.length() - space > DIGEST_SHOWN;
    return digest ? network.substring(0, space + 1 + DIGEST_SHOWN) : network;
  }
}
