package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumberTextTest {

  @Test
  void figuresKeepTheDigitsThatMatter() {
    assertEquals("12,346", NumberText.of(12345.6));
    assertEquals("71.35", NumberText.of(71.3512));
    assertEquals("0.712", NumberText.of(0.71234));
    assertEquals("0.00123", NumberText.of(0.0012345));
    assertEquals("−1.500", NumberText.of(-1.5));
    assertEquals("0", NumberText.of(-0.0));
  }

  @Test
  void unknownAndInfiniteNumbersAreSigns() {
    assertEquals("–", NumberText.of(Double.NaN));
    assertEquals("∞", NumberText.of(Double.POSITIVE_INFINITY));
    assertEquals("–", NumberText.seconds(Double.NaN));
  }

  @Test
  void deviationHasTheDecimalsOfItsMean() {
    assertEquals("71.35 ± 1.92", NumberText.of(71.35, 1.9234));
    assertEquals("412.7", NumberText.of(412.7, Double.NaN));
  }

  @Test
  void durationsUseTheTwoLargestUnits() {
    assertEquals("0.8 s", NumberText.seconds(0.8));
    assertEquals("10 s", NumberText.seconds(9.97));
    assertEquals("1 min 00 s", NumberText.seconds(59.7));
    assertEquals("4 min 03 s", NumberText.seconds(243));
    assertEquals("1 h 00 min", NumberText.seconds(3599.6));
    assertEquals("2 h 20 min", NumberText.seconds(8412));
  }

  @Test
  void numbersAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      for (Locale locale : List.of(Locale.GERMANY, Locale.forLanguageTag("ar-EG"))) {
        Locale.setDefault(locale);
        assertEquals("1,234,567", NumberText.count(1_234_567));
        assertEquals("0.8 s", NumberText.seconds(0.8));
        assertEquals("4 min 03 s", NumberText.seconds(243));
        assertEquals("71.35", NumberText.of(71.35));
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void ticksHaveNoMoreDecimalsThanTheirDistance() {
    assertEquals("0.25", NumberText.tick(0.25, 0.05));
    assertEquals("1,000", NumberText.tick(1000, 500));
    assertEquals("0.0", NumberText.tick(0, 0.5));
  }
}
