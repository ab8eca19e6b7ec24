package partita.models.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossCurveTest {

  @Test
  void windowsEndAtMultiplesOfTheGlobalStep() {
    LossCurve curve = new LossCurve(3);
    for (long step = 0; step < 7; step++) {
      curve.add(step, Map.of("D", (double) step));
    }
    assertEquals(
        List.of(new LossCurve.Point("D", 3, 1), new LossCurve.Point("D", 6, 4)), curve.points(0));
    assertEquals(List.of(new LossCurve.Point("D", 6, 4)), curve.points(3));
  }

  @Test
  void lossOfARareUpdateIsAveragedOverItsOwnSteps() {
    LossCurve curve = new LossCurve(4);
    curve.add(0, Map.of("D", 1.0, "G", 10.0));
    curve.add(1, Map.of("D", 2.0));
    curve.add(2, Map.of("D", 3.0, "G", 20.0));
    curve.add(3, Map.of("D", 6.0));
    assertEquals(
        List.of(new LossCurve.Point("D", 4, 3), new LossCurve.Point("G", 4, 15)), curve.points(0));
  }

  @Test
  void openWindowSurvivesSaving() {
    LossCurve curve = new LossCurve(2);
    curve.add(0, Map.of("D", 1.0));
    LossCurve restored = new LossCurve(2);
    restored.restore(new Saved(MemorySink.copy(new TrainingState(curve.state()))));
    restored.add(1, Map.of("D", 4.0));
    assertEquals(List.of(new LossCurve.Point("D", 2, 2.5)), restored.points(0));
  }
}
