package partita.pipelines.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class VerdictTest {
  private static final PaperFigure PAPER = PaperFigure.parse("6.3 ± 0.5");
  private static final Tolerance TWO_ERRORS = new Tolerance(Optional.empty(), Optional.of(2.0));
  private static final Budget PAPERS = new Budget(1000, 3);

  private static Comparison comparison(double mean, Budget spent, String... differences) {
    Measured ours = new Measured(java.util.Collections.nCopies(spent.trials(), mean));
    return new Comparison(
        PAPER, TWO_ERRORS, Better.HIGHER, ours, spent, PAPERS, List.of(differences));
  }

  @Test
  void thePapersBudgetWithinTheToleranceIsReproduced() {
    Verdict verdict = Verdict.of(comparison(7.3, PAPERS));
    assertInstanceOf(Verdict.Reproduced.class, verdict, "the tolerance's own border is within");
    assertEquals("reproduced", verdict.text());
    assertInstanceOf(Verdict.Reproduced.class, Verdict.of(comparison(5.3, PAPERS)));
    assertInstanceOf(
        Verdict.Reproduced.class, Verdict.of(comparison(6.3, new Budget(1001, 4))), "more of both");
  }

  @Test
  void thePapersBudgetOutsideTheToleranceDeviatesToEitherSide() {
    Verdict more = Verdict.of(comparison(7.31, PAPERS));
    assertInstanceOf(Verdict.Deviates.class, more);
    assertEquals("1.01 more (better), 2.0 times the paper's error; allowed 1.00", more.reason());
    Verdict less = Verdict.of(comparison(3.8, PAPERS));
    assertEquals("2.50 less (worse), 5.0 times the paper's error; allowed 1.00", less.reason());
  }

  @Test
  void aStepOrATrialTooFewIsAMiniatureWhateverTheFigure() {
    Verdict steps = Verdict.of(comparison(6.3, new Budget(999, 3)));
    assertInstanceOf(Verdict.Miniature.class, steps);
    assertEquals("miniature, within", steps.text());
    assertEquals("999 of 1,000 steps", steps.reason());
    Verdict trials = Verdict.of(comparison(8, new Budget(1000, 2)));
    assertEquals("miniature, outside", trials.text());
    assertTrue(trials.reason().startsWith("2 of 3 trials: 1.70 more (better)"), trials.reason());
  }

  @Test
  void otherDataOrAnotherProtocolIsNotComparableWhateverTheBudget() {
    for (Budget spent : List.of(PAPERS, new Budget(1, 1))) {
      Verdict verdict = Verdict.of(comparison(6.3, spent, "ingest.train is 10, the paper's 100"));
      assertInstanceOf(Verdict.NotComparable.class, verdict);
      assertEquals("not comparable", verdict.text());
      assertEquals("ingest.train is 10, the paper's 100", verdict.reason());
    }
  }

  @Test
  void aFigureThatIsNoNumberIsNeverWithin() {
    assertInstanceOf(Verdict.Deviates.class, Verdict.of(comparison(Double.NaN, PAPERS)));
    assertInstanceOf(
        Verdict.Deviates.class, Verdict.of(comparison(Double.POSITIVE_INFINITY, PAPERS)));
    assertEquals("not a number", comparison(Double.NaN, PAPERS).distance());
  }

  @Test
  void noConstructorTakesWhatBelongsToAnotherVerdict() {
    Comparison within = comparison(6.3, PAPERS);
    Comparison outside = comparison(9, PAPERS);
    Comparison miniature = comparison(6.3, new Budget(10, 3));
    Comparison other = comparison(6.3, PAPERS, "another network");
    refused(() -> new Verdict.Reproduced(outside), "2.70 more (better)");
    refused(() -> new Verdict.Reproduced(miniature), "it was given 10 of 1,000 steps");
    refused(() -> new Verdict.Reproduced(other), "another network");
    refused(() -> new Verdict.Deviates(within), "0.00");
    refused(
        () -> new Verdict.Deviates(comparison(9, new Budget(10, 3))),
        "it was given 10 of 1,000 steps");
    refused(() -> new Verdict.Deviates(comparison(9, PAPERS, "other data")), "other data");
    refused(() -> new Verdict.Miniature(within), "it was given the paper's budget");
    refused(
        () -> new Verdict.Miniature(comparison(6.3, new Budget(10, 3), "other data")),
        "other data");
    refused(() -> new Verdict.NotComparable(within), "are the paper's");
    refused(() -> new Verdict.Lacks(List.of()), "lacks nothing");
    refused(() -> new Verdict.Failed(List.of()), "without a failure");
  }

  @Test
  void trialsCannotBeClaimedThatHaveNoFigure() {
    refused(
        () ->
            new Comparison(
                PAPER,
                TWO_ERRORS,
                Better.HIGHER,
                new Measured(List.of(6.3)),
                PAPERS,
                PAPERS,
                List.of()),
        "a budget of 3 trials beside figures of 1");
  }

  private static void refused(Executable claim, String why) {
    String message = assertThrows(IllegalArgumentException.class, claim).getMessage();
    assertTrue(message.contains(why), message);
  }
}
