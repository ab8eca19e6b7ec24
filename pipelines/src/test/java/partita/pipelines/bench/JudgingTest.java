package partita.pipelines.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From times to a verdict. */
class JudgingTest {
  private static final Answer DIFFERENT = new Answer(false, "3 neighbors are others");

  private static Measurement taking(double seconds) {
    return new Measurement(seconds, 0, 0, 0, "", Map.of());
  }

  @Test
  void medianIsTheMiddleOneWhateverTheOrder() {
    List<Measurement> odd = List.of(taking(9), taking(1), taking(2));
    assertEquals(new Series(2, 1, 9), Series.of(odd, Measurement::seconds));
    List<Measurement> even = List.of(taking(4), taking(1), taking(2), taking(9));
    assertEquals(new Series(3, 1, 9), Series.of(even, Measurement::seconds));
  }

  @Test
  void ratioIsToBeAtMostAndRateAtLeast() {
    assertTrue(Target.ratio(0.7).met(0.7));
    assertFalse(Target.ratio(0.7).met(0.71));
    assertEquals("<= 0.70x", Target.ratio(0.7).text());
    assertTrue(Target.rate(5_000, "images/s").met(5_000));
    assertFalse(Target.rate(5_000, "images/s").met(4_999));
    assertEquals(">= 5,000 images/s", Target.rate(5_000, "images/s").text());
  }

  @Test
  void targetsAreJudgedAtFullSizeAndAnswersAtAny() {
    assertEquals(Verdict.MET, Verdict.of(true, Answer.NONE, true));
    assertEquals(Verdict.MISSED, Verdict.of(false, Answer.NONE, true));
    assertEquals(Verdict.REDUCED, Verdict.of(false, Answer.NONE, false));
    assertEquals(Verdict.WRONG, Verdict.of(true, DIFFERENT, true));
    assertEquals(Verdict.WRONG, Verdict.of(true, DIFFERENT, false));
    assertTrue(Verdict.MISSED.failed() && Verdict.WRONG.failed());
    assertFalse(Verdict.MET.failed() || Verdict.REDUCED.failed());
  }

  @Test
  void aFigureAgreesUpToARelativeDifference() {
    Measurement peer = new Measurement(1, 0, 0, 0, "", Map.of("trace", -200.0));
    Measurement near = new Measurement(1, 0, 0, 0, "", Map.of("trace", -200.1));
    assertEquals(
        new Answer(true, "traces differ by 5.0e-04 relative, at most 1e-03"),
        Answer.ofFigure("trace", near, peer, 1e-3));
    assertFalse(Answer.ofFigure("trace", near, peer, 1e-4).agrees());
  }

  @Test
  void theSlowerOfArithmeticAndMemoryIsTheLimit() {
    MachinePeak peak = new MachinePeak(100, 50, 10);
    assertEquals(2, Work.singles(200).secondsAtPeak(peak));
    assertEquals(4, Work.doubles(200).secondsAtPeak(peak));
    assertEquals(3, Work.memory(30, 1).secondsAtPeak(peak));
  }

  @Test
  void aPeersLineIsReadWithItsFigures() {
    Measurement read =
        Measurement.parse(
            "{\"peer\": \"kmeans\", \"median_s\": 1.5, \"cpu_s\": 3.0, \"peak_bytes\": 7,"
                + " \"objective\": 12.25, \"version\": \"1.7.3\"}",
            9);
    assertEquals(new Measurement(1.5, 3.0, 7, 9, "1.7.3", Map.of("objective", 12.25)), read);
    assertEquals(12.25, read.value("objective"));
    assertEquals(
        "Cannot find figure 'trace': the measurement has [objective]",
        assertThrows(IllegalArgumentException.class, () -> read.value("trace")).getMessage());
  }

  @Test
  void ourLineIsReadAsItWasWritten() {
    Measurement ours = new Measurement(0.25, 0.5, 1L << 33, 0, "", Map.of("trace", 1e-9));
    assertEquals(ours, Measurement.parse(ours.line(), 0));
  }

  @Test
  void aLineWithoutATimeIsRefused() {
    assertEquals(
        "Cannot read a measurement from 'Segmentation fault': expected a line of JSON with median_s",
        assertThrows(
                IllegalArgumentException.class, () -> Measurement.parse("Segmentation fault", 1))
            .getMessage());
  }
}
