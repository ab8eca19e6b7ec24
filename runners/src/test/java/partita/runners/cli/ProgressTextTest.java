package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import partita.pipelines.dag.StageProgress;

class ProgressTextTest {

  @Test
  void trainingShowsStepsRateLossesAndTimeLeft() {
    StageProgress progress =
        new StageProgress(
            "train@5000",
            0,
            1,
            0.25,
            1250,
            5000,
            "steps",
            1.257,
            Map.of("loss.G", 0.8123, "loss.D", 1.5),
            2983);

    assertEquals(
        "1,250 of 5,000 steps, 25 %, 49 min 43 s left, 1.26 steps/s, loss.D 1.50, loss.G 0.8123",
        ProgressText.of(progress));
  }

  @Test
  void shardedStageShowsShardsAndNoTotalItDoesNotKnow() {
    StageProgress progress =
        new StageProgress("ingest", 3, 60, 0.0625, 4000, 6000, "images", 812.4, Map.of(), 9.4);

    assertEquals(
        "4,000 images, 6 %, 9.4 s left, 812 images/s, 3 of 60 shards", ProgressText.of(progress));
  }

  @Test
  void stageThatHasSaidNothingIsStarting() {
    StageProgress progress = new StageProgress("ingest", 0, 60, 0, 0, 0, "", 0, Map.of(), -1);

    assertEquals("starting", ProgressText.of(progress));
  }

  @Test
  void amountsAreReadable() {
    assertEquals("0.4 s", Amount.duration(0.41));
    assertEquals("1 min 0 s", Amount.duration(59.7));
    assertEquals("2 h 5 min", Amount.duration(7509));
    assertEquals("999 B", Amount.bytes(999));
    assertEquals("1.0 MB", Amount.bytes(999_600));
    assertEquals("12,346", Amount.number(12345.6));
  }
}
