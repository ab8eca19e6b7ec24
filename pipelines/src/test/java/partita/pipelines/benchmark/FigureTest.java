package partita.pipelines.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The paper's figures, ours, and what lies between. */
class FigureTest {

  @Test
  void figureKeepsTheDecimalsThatWerePrinted() {
    assertEquals("25.0 ± 0.0", PaperFigure.parse("25.0 ± 0.0").text());
    assertEquals("0.0014 ± 0.0001", PaperFigure.parse(" 0.0014 +- 0.0001").text());
    assertEquals("0.00138", PaperFigure.parse("0.0014 ± 0.0001").like(0.001378));
  }

  @Test
  void figureThatIsNoneIsRefused() {
    for (String text : List.of("6.3", "6,3 ± 0.5", "± 0.5", "6.3 ± -0.5")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> PaperFigure.parse(text)).getMessage();
      assertTrue(message.contains("'" + text + "', expected mean and error"), message);
    }
  }

  /** {@code scipy.stats.sem([6, 7, 9, 8])} is 0.6454972243679028. */
  @Test
  void errorIsTheStandardErrorOfTheMeanOverTrials() {
    Measured ours = new Measured(List.of(6.0, 7.0, 9.0, 8.0));
    assertEquals(7.5, ours.mean());
    assertEquals(0.6454972243679028, ours.standardError(), 1e-15);
    assertEquals("7.50 ± 0.65", ours.text(PaperFigure.parse("6.3 ± 0.5")));
  }

  @Test
  void oneTrialHasNoError() {
    assertEquals("7.00", new Measured(List.of(7.0)).text(PaperFigure.parse("6.3 ± 0.5")));
    assertThrows(IllegalArgumentException.class, () -> new Measured(List.of()));
  }

  @Test
  void toleranceIsTheLargerOfAbsoluteAndErrors() {
    PaperFigure certain = PaperFigure.parse("8.0 ± 0.0");
    PaperFigure uncertain = PaperFigure.parse("6.3 ± 0.5");
    Tolerance both = new Tolerance(Optional.of(0.2), Optional.of(2.0));
    assertEquals(0.2, both.width(certain));
    assertEquals(1.0, both.width(uncertain));
    assertTrue(both.allows(7.8, certain), "8.0 - 7.8 is a little more than 0.2 in binary");
    assertFalse(both.allows(7.799, certain));
    assertTrue(both.allows(7.3, uncertain));
    assertFalse(both.allows(Double.NaN, uncertain));
  }

  @Test
  void toleranceThatAllowsNothingIsRefused() {
    for (Optional<Double> none :
        List.of(Optional.<Double>empty(), Optional.of(0.0), Optional.of(-1.0))) {
      assertThrows(IllegalArgumentException.class, () -> new Tolerance(none, Optional.empty()));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Tolerance(Optional.of(1.0), Optional.of(-1.0)));
  }
}
