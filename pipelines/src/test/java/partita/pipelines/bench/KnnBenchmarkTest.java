package partita.pipelines.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison with faiss's answer, on four directions in the plane. */
class KnnBenchmarkTest {
  private static final float[] ROWS = {1, 0, 0.8f, 0.6f, 0.8f, -0.6f, 0, 1};

  /** As faiss answers: each row first of its own neighbors; 1 and 2 are equally near to 0. */
  private static final long[] IDS = {0, 1, 2, 1, 0, 3, 2, 0, 1, 3, 1, 0};

  private static final float[] SIMILARITIES = {
    1, 0.8f, 0.8f, 1, 0.8f, 0.6f, 1, 0.8f, 0.28f, 1, 0.6f, 0
  };

  @TempDir Path folder;

  @Test
  void theSameNeighborsAreCountedWhereverTheRowItselfIsListed() throws Exception {
    assertEquals(Map.of("ids.same", 8.0, "ids.ties", 0.0, "ids.wrong", 0.0), differences(IDS));
    long[] selfLast = IDS.clone();
    System.arraycopy(new long[] {1, 2, 0}, 0, selfLast, 0, 3);
    assertEquals(8.0, differences(selfLast).get("ids.same"));
  }

  @Test
  void equallyNearNeighborsMayChangePlaces() throws Exception {
    long[] exchanged = IDS.clone();
    exchanged[1] = 2;
    exchanged[2] = 1;
    assertEquals(
        Map.of("ids.same", 6.0, "ids.ties", 2.0, "ids.wrong", 0.0), differences(exchanged));
  }

  @Test
  void anotherNeighborIsAWrongAnswer() throws Exception {
    long[] wrong = IDS.clone();
    wrong[5] = 2;
    float[] similarities = SIMILARITIES.clone();
    similarities[5] = -0.5f;
    Map<String, Double> found = differences(wrong, similarities);
    assertEquals(1.0, found.get("ids.wrong"));
    Measurement ours = new Measurement(1, 1, 0, 1, "", found);
    assertFalse(new KnnBenchmark().compare(ours, ours).agrees());
    Measurement right = new Measurement(1, 1, 0, 1, "", differences(IDS));
    assertTrue(new KnnBenchmark().compare(right, right).agrees());
  }

  private Map<String, Double> differences(long[] ids) throws Exception {
    return differences(ids, SIMILARITIES);
  }

  private Map<String, Double> differences(long[] ids, float[] similarities) throws Exception {
    dump("x", "float32", bytes(ROWS));
    dump("similarities", "float32", bytes(similarities));
    ByteBuffer longs = ByteBuffer.allocate(ids.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    longs.asLongBuffer().put(ids);
    dump("ids", "int64", longs);
    WorkOrder order =
        new WorkOrder("knn", folder.toString(), 1, Map.of("n", 4, "d", 2, "k", 2), true);
    return new KnnBenchmark().measure(order).values();
  }

  private static ByteBuffer bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  private void dump(String name, String dtype, ByteBuffer values) throws IOException {
    Files.write(folder.resolve(name + ".bin"), values.array());
    Files.writeString(folder.resolve(name + ".json"), "{\"dtype\": \"" + dtype + "\"}");
  }
}
