package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.transforms.shard.Execution;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardTask;
import partita.transforms.shard.StageRun;

/** A worker that is not where, or not what, the driver takes it for. */
class WorkerGuardTest {
  private static final String ACTION = "a".repeat(64);
  private static final Execution ALONE = new Execution("cpu", 1, 60);

  @TempDir private Path folder;
  private StageRun run;

  @BeforeEach
  void begin() {
    Toys.reset();
    String driver = folder.resolve("driver").toString();
    run = new StageRun("emit", driver, ACTION, new ShardInputs(Map.of(), Map.of()), ALONE, 1, 1);
  }

  private static ShardContext worker(Path root, Execution execution) throws IOException {
    ArtifactStore store = ArtifactStores.open(root.toString());
    ShardInputs none = new ShardInputs(Map.of(), Map.of());
    return new ShardContext(store, none, store.work(ACTION), execution, 1, 0);
  }

  private WorkerGuard marked(ShardTask task) throws IOException {
    WorkerGuard guard = WorkerGuard.of(task, NumericsFingerprint.of(task, ALONE), run);
    guard.mark(ArtifactStores.open(run.store()).work(ACTION));
    return guard;
  }

  @Test
  void aWorkerThatSharesTheArtifactsWorks() throws Exception {
    WorkerGuard guard = marked(new Toys.Emit("word", 1));
    assertEquals(1, guard.run(0, worker(folder.resolve("driver"), ALONE)).files().size());
    assertEquals(List.of("Emit:0"), List.copyOf(Toys.RAN));
  }

  @Test
  void aWorkerThatHasAFolderOfItsOwnIsRefused() throws Exception {
    WorkerGuard guard = marked(new Toys.Emit("word", 1));
    IOException refused =
        assertThrows(IOException.class, () -> guard.run(0, worker(folder.resolve("own"), ALONE)));
    assertTrue(
        refused
            .getMessage()
            .endsWith(
                "it does not see what the driver wrote to %s; expected a folder that all machines share, or gs://bucket/folder"
                    .formatted(run.store())),
        refused.getMessage());
    assertTrue(Toys.RAN.isEmpty());
  }

  @Test
  void aWorkerThatComputesOtherwiseThanTheKeySaysIsRefused() throws Exception {
    ShardTask training = new Toys.Trained(true);
    WorkerGuard guard = marked(training);
    Execution other = new Execution("cpu", 2, 60);
    IOException refused =
        assertThrows(
            IOException.class, () -> guard.run(0, worker(folder.resolve("driver"), other)));
    assertTrue(
        refused
            .getMessage()
            .contains(
                "it computes with [%s], and the key says [%s]"
                    .formatted(
                        NumericsFingerprint.of(training, other),
                        NumericsFingerprint.of(training, ALONE))),
        refused.getMessage());
  }

  @Test
  void theTaskIsTreatedAsItWouldBeAlone() {
    assertTrue(WorkerGuard.of(new Toys.Trained(true), "none", run).exclusive());
    WorkerGuard plain = WorkerGuard.of(new Toys.Emit("word", 3), "none", run);
    assertEquals(3, plain.shards(run.inputs()));
    assertEquals(false, plain.numeric());
  }
}
