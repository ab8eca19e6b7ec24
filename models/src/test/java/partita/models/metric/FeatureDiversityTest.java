package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import partita.models.row.ArrayRows;
import partita.models.row.RowSource;

class FeatureDiversityTest {

  @Test
  void diversityEqualsTheMeanOverAllPairs() throws IOException {
    long[] instances = LongStream.range(0, 260).map(i -> i * 7 % 61).toArray();
    FeatureDiversity found = FeatureDiversity.of(Figures.generated(), instances);
    assertEquals(Figures.expected("diversity"), found.value(), 1e-6);
    assertEquals(61, found.instances());
  }

  @Test
  void onlySamplesOfOneInstanceAreCompared() {
    RowSource rows = new ArrayRows(new float[] {1, 0, 0, 1, 5, 0, 0, 7, 3, 3}, 2);
    FeatureDiversity same = FeatureDiversity.of(rows, new long[] {1, 2, 1, 2, 9});
    assertEquals(0, same.value(), 1e-12);
    assertEquals(2, same.instances());
    assertEquals(1, FeatureDiversity.of(rows, new long[] {1, 1, 2, 2, 9}).value(), 1e-12);
  }

  @Test
  void samplesWithoutPairsAreRefused() {
    RowSource rows = new ArrayRows(new float[] {1, 0, 0, 1}, 2);
    assertThrows(
        IllegalArgumentException.class, () -> FeatureDiversity.of(rows, new long[] {1, 2}));
    Exception error =
        assertThrows(
            IllegalArgumentException.class, () -> FeatureDiversity.of(rows, new long[] {1}));
    assertEquals(
        "Cannot measure diversity: found 2 features and 1 instances, expected as many",
        error.getMessage());
  }
}
