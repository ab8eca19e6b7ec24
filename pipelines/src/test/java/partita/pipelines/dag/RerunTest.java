package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoredFile;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.ShardResult;
import partita.transforms.shard.ShardTask;

class RerunTest {
  /** How often {@link Drifting} wrote. */
  private static final AtomicInteger WRITES = new AtomicInteger();

  @TempDir private Path folder;
  private ArtifactStore store;

  @BeforeEach
  void runOnce() throws IOException {
    Toys.reset();
    WRITES.set(0);
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
    new Executor(store, Toys.CPU, Toys.sameThread(), RunListener.SILENT, new StopRequest(), false)
        .run(graph(), RunRequest.of(Selection.ALL));
  }

  private static StageGraph graph() {
    Stage emit = Stage.of("emit", new Toys.Emit("ab", 3), 7, Map.of());
    Stage join = Stage.of("join", new Toys.Join("-"), 7, Map.of("text", emit));
    Stage drift = Stage.of("drift", new Drifting(), 7, Map.of("text", join));
    return StageGraph.of("toy", List.of(drift));
  }

  /** Writes something else each time in its second file. */
  record Drifting() implements ShardTask {
    @Override
    public int shards(ShardInputs inputs) {
      return 2;
    }

    @Override
    public ShardResult run(int shard, ShardContext context) throws Exception {
      int write = shard == 0 ? 0 : WRITES.incrementAndGet();
      return new Toys.Emit("drift" + write + "-", 2).run(shard, context);
    }

    @Override
    public boolean numeric() {
      return false;
    }
  }

  private Rerun.Outcome check(String stage, int parallelism, StageLauncher launcher)
      throws IOException, InterruptedException {
    return new Rerun(store, Toys.CPU, RunListener.SILENT, new StopRequest(), false)
        .check(graph(), stage, parallelism, launcher);
  }

  private Manifest artifact(String stage) throws IOException {
    return store.manifests().stream().filter(m -> m.stage().equals(stage)).findFirst().get();
  }

  @Test
  void stageThatGivesTheSameBitsIsKnownByItsParallelism() throws Exception {
    List<String> ran = List.copyOf(Toys.RAN);
    List<StoredFile> manifests = store.files().list("manifests/");
    List<StoredFile> recipes = store.files().list("recipes/");
    assertTrue(check("join", 2, Toys.sameThread()).same());
    Rerun.Outcome second = check("join", 1, Toys.directRunner());

    assertTrue(second.same());
    assertEquals(ran.size() + 2, Toys.RAN.size(), "it really ran");
    assertEquals("same bits at parallelism 1, 2", second.known().text());
    assertEquals(second.known(), Determinism.of(store, artifact("join")));
    assertEquals(manifests.size(), store.files().list("manifests/").size());
    assertEquals(recipes, store.files().list("recipes/"));
    assertEquals(List.of(), store.files().list("work/rerun"));
  }

  @Test
  void whatComesOutOtherwiseIsNamedAndTheArtifactStays() throws Exception {
    Manifest before = artifact("drift");
    Rerun.Outcome outcome = check("drift", 4, Toys.sameThread());
    assertFalse(outcome.same());
    assertEquals(List.of("text/00001.txt"), outcome.check().differences());
    assertEquals("other bits at parallelism 4", outcome.known().text());
    assertEquals(before, artifact("drift"));

    Determinism.forget(store, before.actionKey());
    assertEquals("", Determinism.of(store, before).text());
  }

  @Test
  void damagedArtifactIsNamedAndNotMendedInSilence() throws Exception {
    Manifest made = artifact("join");
    Path blob = store.blob(made.files().get(0));
    assertTrue(blob.toFile().setWritable(true));
    byte[] damaged = Files.readAllBytes(blob);
    damaged[0] ^= 1;
    Files.write(blob, damaged);

    Exception refused = assertThrows(Exception.class, () -> check("join", 1, Toys.sameThread()));

    assertTrue(refused.getMessage().contains(made.files().get(0).name()), refused.getMessage());
    assertArrayEquals(damaged, Files.readAllBytes(blob));
  }

  @Test
  void stageThatIsNotUpToDateOrFailsIsNamed() throws Exception {
    Toys.BEFORE.put(
        "Join:0",
        () -> {
          throw new IOException("disk on fire");
        });
    IOException failed = assertThrows(IOException.class, () -> check("join", 1, Toys.sameThread()));
    assertEquals("Cannot run join again: disk on fire", failed.getMessage());

    store.evict(artifact("join").actionKey());
    BadInputException refused =
        assertThrows(BadInputException.class, () -> check("join", 1, Toys.sameThread()));
    assertTrue(refused.getMessage().contains("it is not up to date"), refused.getMessage());
  }
}
