package partita.transforms.diversity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.ConfidenceTable;
import partita.schemas.table.TableReader;
import partita.transforms.train.TestStages;

class RankSamplesTaskTest {
  private static final float LN3 = (float) Math.log(3);

  @TempDir Path root;

  @Test
  void theSurestSamplesOfEachClassComeFirstAndEqualOnesByTheirIds() throws Exception {
    TestStages stages = new TestStages(root, 1e9);
    Manifest features =
        stages.logits(
            4,
            new float[] {
              0, 0, 0, //
              LN3, 0, 0, //
              0, LN3, 0, //
              LN3, 0, 0
            });
    Manifest ranked =
        stages.run(
            "rank", new RankSamplesTask(new Selection(2, 3)), 1, Map.of("features", features));
    try (TableReader table = TableReader.open(stages.store(), ranked, "confidences")) {
      assertArrayEquals(
          new int[] {0, 0, 0, 2, 2, 2}, table.ints(ConfidenceTable.CLASS), "first and last");
      assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2}, table.ints(ConfidenceTable.RANK));
      assertArrayEquals(new long[] {1, 3, 0, 0, 1, 2}, table.longs(ConfidenceTable.SAMPLE));
      double[] confidences = table.doubles(ConfidenceTable.CONFIDENCE);
      assertEquals(0.6, confidences[0], 1e-7);
      assertEquals(1.0 / 3, confidences[2], 1e-7);
      assertEquals(0.2, confidences[4], 1e-7);
    }
  }

  @Test
  void classesAreSpreadOverAllOfTheClassifier() {
    assertArrayEquals(new int[] {0, 333, 666, 999}, new Selection(4, 1).of(1000));
    assertArrayEquals(new int[] {0, 1}, new Selection(4, 1).of(2));
  }
}
