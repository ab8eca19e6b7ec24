package partita.pipelines.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class NumberText {
  private static final String UNKNOWN = "–";
  private static final int DIGITS = 4;
  private static final List<String> UNITS = List.of("B", "kB", "MB", "GB", "TB");

  private NumberText() {}

  /** Four significant digits, three below one; an en dash when the number is not known. */
  static String of(double value) {
    return value == 0 ? "0" : fixed(value, decimals(value));
  }

  /** A number with the decimals that {@code like} has. */
  static String like(double value, double like) {
    return fixed(value, decimals(like));
  }

  /** {@code mean ± std}, both with the decimals of the mean; the mean alone without a std. */
  static String of(double mean, double std) {
    return Double.isNaN(std) || Double.isNaN(mean) ? of(mean) : of(mean) + " ± " + like(std, mean);
  }

  /** A count with thousands separated. */
  static String count(long count) {
    return new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(count);
  }

  /** A duration in the two largest units that matter: {@code 0.8 s}, {@code 4 min 03 s}. */
  static String seconds(double seconds) {
    if (!Double.isFinite(seconds)) {
      return UNKNOWN;
    }
    long whole = Math.round(seconds);
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    } else if (whole < 60) {
      return whole + " s";
    } else if (whole < 3600) {
      return String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60);
    }
    return String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }

  /** An amount of memory or disk in the unit that suits it, {@code 1.5 MB}. */
  static String bytes(double bytes) {
    if (!Double.isFinite(bytes)) {
      return UNKNOWN;
    }
    double scaled = bytes;
    int unit = 0;
    while (scaled >= 999.5 && unit < UNITS.size() - 1) {
      scaled /= 1000;
      unit++;
    }
    return (unit == 0 || scaled >= 99.95 ? fixed(scaled, 0) : fixed(scaled, 1))
        + " "
        + UNITS.get(unit);
  }

  /** An axis label: no more digits than the distance between ticks asks for. */
  static String tick(double value, double distance) {
    if (value != 0 && (Math.abs(value) >= 1e7 || Math.abs(value) < 1e-4)) {
      return new BigDecimal(value).round(new MathContext(2)).toString().replace("E+", "e");
    }
    int decimals = Math.max(0, -(int) Math.floor(Math.log10(distance) + 1e-9));
    return fixed(value, decimals);
  }

  private static int decimals(double value) {
    if (!Double.isFinite(value) || value == 0) {
      return DIGITS - 1;
    }
    int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
    int digits = magnitude < 0 ? DIGITS - 1 : DIGITS;
    return Math.max(0, Math.min(6, digits - 1 - magnitude));
  }

  private static String fixed(double value, int decimals) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    DecimalFormat format =
        new DecimalFormat(
            decimals == 0 ? "#,##0" : "#,##0." + "0".repeat(decimals),
            DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_EVEN);
    return format.format(value == 0 ? 0.0 : value).replace('-', '−');
  }
}
