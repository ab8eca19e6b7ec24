package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModeHistogramTest {

  @Test
  void everyModeEquallyOftenIsNoDivergence() {
    ModeHistogram even =
        ModeHistogram.of(IntStream.range(0, 3000).map(i -> i % 1000).toArray(), 1000);
    assertEquals(1000, even.covered());
    assertEquals(0, even.reverseKl(), 1e-12);
  }

  @Test
  void oneModeOutOfAThousandIsThreeDecimalDigitsAway() {
    ModeHistogram collapsed = ModeHistogram.of(new int[] {7, 7, 7}, 1000);
    assertEquals(1, collapsed.covered());
    assertEquals(3, collapsed.samples());
    assertEquals(Math.log(1000), collapsed.reverseKl(), 1e-12);
    assertEquals(3, collapsed.reverseKlLog10(), 1e-12);
  }

  @Test
  void missingModesAddNothing() {
    ModeHistogram half = ModeHistogram.of(new int[] {0, 2, 2, 2}, 4);
    assertEquals(2, half.covered());
    assertEquals(0.25 * Math.log(1) + 0.75 * Math.log(3), half.reverseKl(), 1e-15);
  }

  @Test
  void modesOutsideAreRefused() {
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> ModeHistogram.of(new int[] {0, 10}, 10));
    assertEquals("Cannot count modes: sample 1 is of mode 10, expected 0 to 9", error.getMessage());
    assertThrows(IllegalArgumentException.class, () -> ModeHistogram.of(new int[] {-1}, 10));
    error = assertThrows(IllegalArgumentException.class, () -> ModeHistogram.of(new int[0], 10));
    assertEquals("Cannot count modes: no samples, expected at least one", error.getMessage());
  }
}
