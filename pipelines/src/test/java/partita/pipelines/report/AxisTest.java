package partita.pipelines.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void roundedAxisEndsAtTicksAroundTheData() {
    Axis axis = Axis.rounded(0.3, 4.2, 100, 0, 5);
    assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0), axis.ticks());
    assertEquals(100, axis.pixel(0));
    assertEquals(0, axis.pixel(5));
  }

  @Test
  void tightAxisEndsAtTheData() {
    Axis axis = Axis.tight(10, 4990, 0, 498, 5);
    assertEquals(List.of(1000.0, 2000.0, 3000.0, 4000.0), axis.ticks());
    assertEquals(498, axis.pixel(4990));
  }

  @Test
  void constantDataStillHasAnAxis() {
    for (double value : new double[] {0, 3, -1e-3, 1e9}) {
      Axis axis = Axis.rounded(value, value, 100, 0, 5);
      assertTrue(axis.low() < value && value < axis.high(), axis.toString());
      assertTrue(axis.ticks().size() >= 2, axis.toString());
    }
  }

  @Test
  void pointsOutsideStayOnTheEdge() {
    assertEquals(0, Axis.rounded(0, 1, 100, 0, 5).pixel(7));
  }

  @Test
  void extremeRangesDoNotRunAway() {
    assertTrue(Axis.rounded(0, 1e300, 100, 0, 5).ticks().size() <= 12);
    assertTrue(Axis.rounded(1e9, 1e9 + 1e-3, 100, 0, 5).ticks().size() <= 12);
  }
}
