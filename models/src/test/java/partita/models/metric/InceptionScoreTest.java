package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;

class InceptionScoreTest {

  @Test
  void scoreOfLogitsEqualsTheFormula() throws IOException {
    InceptionScore found = contiguous(Figures.logits(), InceptionScore.SPLITS);
    assertEquals(Figures.expected("inception.mean"), found.mean(), 1e-6);
    assertEquals(Figures.expected("inception.std"), found.std(), 1e-6);
  }

  /** The order is NumPy's own. */
  @Test
  void shuffledScoreIsThatOfTorchFidelitysOrder() throws IOException {
    InceptionScore found =
        InceptionScore.ofLogits(Figures.logits(), InceptionScore.SPLITS, InceptionSplits.SHUFFLED);
    Figures.assertFigure("inception.shuffled.mean", found.mean());
    Figures.assertFigure("inception.shuffled.std", found.std());
    RowSource broken = Figures.broken(Figures.logits(), 17);
    assertEquals(
        "Cannot score row 17: found logit NaN, expected finite numbers",
        Figures.refusal(() -> InceptionScore.ofLogits(broken, 10, InceptionSplits.SHUFFLED)));
  }

  @Test
  void certainAndBalancedSamplesScoreTheNumberOfClasses() {
    RowSource certain = new ArrayRows(new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, 3);
    InceptionScore found = InceptionScore.ofProbabilities(certain, 1);
    assertEquals(3, found.mean(), 1e-12);
    assertEquals(0, found.std());
  }

  @Test
  void equalSamplesScoreOne() {
    float[] rows = {.2f, .8f, .2f, .8f, .2f, .8f, .2f, .8f};
    assertEquals(1, InceptionScore.ofProbabilities(new ArrayRows(rows, 2), 2).mean(), 1e-12);
  }

  @Test
  void badInputIsRefused() {
    RowSource two = new ArrayRows(new float[] {1, 0, 2, Float.NaN}, 2);
    Exception error = assertThrows(IllegalArgumentException.class, () -> contiguous(two, 10));
    assertEquals(
        "Cannot score 2 samples in 10 splits: expected at least one sample a split",
        error.getMessage());
    error = assertThrows(IllegalArgumentException.class, () -> contiguous(two, 1));
    assertEquals(
        "Cannot score row 1: found logit NaN, expected finite numbers", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> InceptionScore.ofProbabilities(two, 1));
  }

  private static InceptionScore contiguous(RowSource logits, int splits) {
    return InceptionScore.ofLogits(logits, splits, InceptionSplits.CONTIGUOUS);
  }
}
