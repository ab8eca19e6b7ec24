package partita.pipelines.benchmark;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A figure as a paper printed it.
 *
 * @param mean over the paper's trials, with the decimals that were printed
 * @param error the error that was printed beside it, 0 or more
 */
public record PaperFigure(BigDecimal mean, BigDecimal error) {
  private static final Pattern PRINTED =
      Pattern.compile("(-?\\d+(?:\\.\\d+)?) *(?:±|\\+-) *(\\d+(?:\\.\\d+)?)");

  /**
   * Reads {@code 6.3 ± 0.5} or {@code 6.3 +- 0.5}.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static PaperFigure parse(String text) {
    Matcher matcher = PRINTED.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "the paper's figure is '%s', expected mean and error as in '6.3 ± 0.5'".formatted(text));
    }
    return new PaperFigure(new BigDecimal(matcher.group(1)), new BigDecimal(matcher.group(2)));
  }

  /** As it was printed. */
  public String text() {
    return mean.toPlainString() + " ± " + error.toPlainString();
  }

  /** Another number with one decimal more than the paper's mean, so that both can be compared. */
  public String like(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(mean.scale() + 1, RoundingMode.HALF_EVEN).toPlainString()
        : Double.toString(value);
  }
}
