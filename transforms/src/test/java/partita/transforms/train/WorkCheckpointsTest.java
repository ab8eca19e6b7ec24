package partita.transforms.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.train.NamedTensor;
import partita.models.train.TensorRole;
import partita.models.train.TrainingState;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.WorkArea;

class WorkCheckpointsTest {
  @TempDir Path root;

  private WorkArea work;
  private WorkCheckpoints checkpoints;

  @BeforeEach
  void open() throws Exception {
    ArtifactStore store = ArtifactStores.open(root.toString());
    work = store.work("0".repeat(64));
    checkpoints = new WorkCheckpoints(store, work);
  }

  @Test
  void nothingSavedGivesNothing() throws Exception {
    assertTrue(checkpoints.latest().isEmpty());
  }

  @Test
  void newestIsReadBackByteForByte() throws Exception {
    checkpoints.save(state(3));
    TrainingState latest = checkpoints.latest().orElseThrow();
    assertEquals(3, latest.step());
    NamedTensor weight = latest.of(TensorRole.PARAMETER).get("g/weight");
    assertEquals(List.of(2L, 1L), weight.shape());
    assertEquals(DataType.FLOAT32, weight.type());
    ByteBuffer content = weight.content().get().order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(3.5f, content.getFloat());
    assertEquals(-1f, content.getFloat());
  }

  @Test
  void onlyTheLastTwoAreKept() throws Exception {
    for (int step = 8; step < 12; step++) {
      checkpoints.save(state(step));
    }
    assertEquals(
        List.of(
            "checkpoint/000000000010.arrow",
            "checkpoint/000000000010.json",
            "checkpoint/000000000011.arrow",
            "checkpoint/000000000011.json"),
        work.list("checkpoint/"));
  }

  @Test
  void damagedNewestFallsBackToTheOneBefore() throws Exception {
    checkpoints.save(state(1));
    checkpoints.save(state(2));
    Path newest = work.fetch("checkpoint/000000000002.arrow").orElseThrow();
    byte[] bytes = Files.readAllBytes(newest);
    bytes[bytes.length / 2] ^= 1;
    Files.write(newest, bytes);
    assertEquals(1, checkpoints.latest().orElseThrow().step());
  }

  @Test
  void missingOrTruncatedTableFallsBackToTheOneBefore() throws Exception {
    checkpoints.save(state(1));
    checkpoints.save(state(2));
    Path newest = work.fetch("checkpoint/000000000002.arrow").orElseThrow();
    Files.write(newest, new byte[10]);
    assertEquals(1, checkpoints.latest().orElseThrow().step());
    Files.delete(newest);
    assertEquals(1, checkpoints.latest().orElseThrow().step());
  }

  @Test
  void tableWithoutItsEntryIsNotACheckpoint() throws Exception {
    checkpoints.save(state(1));
    checkpoints.save(state(2));
    work.delete("checkpoint/000000000002.json");
    assertEquals(1, checkpoints.latest().orElseThrow().step());
  }

  @Test
  void unreadableEntryFallsBackToTheOneBefore() throws Exception {
    checkpoints.save(state(1));
    checkpoints.save(state(2));
    work.write("checkpoint/000000000002.json", new byte[] {'{'});
    assertEquals(1, checkpoints.latest().orElseThrow().step());
  }

  private static TrainingState state(long step) {
    ByteBuffer weight = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    weight.putFloat(step + 0.5f).putFloat(-1).flip();
    ByteBuffer count = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    count.putLong(step).flip();
    return new TrainingState(
        List.of(
            new NamedTensor(
                TensorRole.PARAMETER,
                "g/weight",
                DataType.FLOAT32,
                List.of(2L, 1L),
                weight::duplicate),
            new NamedTensor(
                TensorRole.STEP, "step", DataType.INT64, List.of(1L), count::duplicate)));
  }
}
