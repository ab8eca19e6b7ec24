package partita.pipelines.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.WorkArea;
import partita.transforms.shard.Progress;
import partita.transforms.shard.ShardContext;
import partita.transforms.shard.ShardInputs;
import partita.transforms.shard.StageRun;

class ProgressWatchTest {
  private static final String ACTION = "ab".repeat(32);

  @TempDir private Path folder;
  private ArtifactStore store;
  private WorkArea work;

  @BeforeEach
  void openStore() throws IOException {
    store = ArtifactStores.open(folder.toString());
    work = store.work(ACTION);
  }

  private ProgressWatch watch(int shards) {
    ShardInputs inputs = new ShardInputs(Map.of(), Map.of());
    return new ProgressWatch(
        new StageRun("toy", store.root(), ACTION, inputs, Toys.CPU, 0, shards), work);
  }

  private void say(int shard, long done) throws IOException {
    ShardInputs inputs = new ShardInputs(Map.of(), Map.of());
    new ShardContext(store, inputs, work, Toys.CPU, 0, shard)
        .progress(new Progress(done, 100, "images", 0, Map.of("loss", 1.0 / done)));
  }

  private void finish(int shard) throws IOException {
    work.write("receipts/%05d.json".formatted(shard), "{}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shardsThatAreDoneUnderWayAndNotBegunAddUp() throws IOException {
    say(0, 90); // its last word before it finished
    finish(0);
    say(1, 50);

    StageProgress progress = watch(4).read();

    assertEquals(1, progress.shardsDone());
    assertEquals(4, progress.shards());
    assertEquals(1.5 / 4, progress.fraction(), 1e-12);
    assertEquals(150, progress.done());
    assertEquals(200, progress.total());
    assertEquals("images", progress.unit());
  }

  @Test
  void resumedStageMeasuresItsPaceFromWhereItResumed() throws Exception {
    say(0, 60);
    ProgressWatch watch = watch(1);
    StageProgress resumed = watch.read();
    assertTrue(resumed.secondsLeft() < 0, "unknown before anything moved");
    assertEquals(0, resumed.rate());

    Thread.sleep(20);
    say(0, 80);
    StageProgress moved = watch.read();

    // Half of what was left is done, so as much time again is left.
    assertTrue(moved.secondsLeft() >= 0.02 && moved.secondsLeft() < 30, moved.toString());
    assertEquals(20 / moved.rate(), moved.secondsLeft(), 1e-6);
  }

  @Test
  void whatWasDoneBeforeTheFirstWordIsNotThisRunsSpeed() throws Exception {
    ProgressWatch watch = watch(1);
    watch.read(); // nobody has said anything
    say(0, 60);
    assertEquals(0, watch.read().rate());
  }

  @Test
  void paceOfATrainingSegmentIsNotThatOfTheStepsBeforeIt() throws Exception {
    ProgressWatch watch = watch(1);
    watch.read();
    Thread.sleep(50);
    say(0, 60);
    watch.read();
    Thread.sleep(50);
    say(0, 61);

    double rate = watch.read().rate();

    assertTrue(rate > 0 && rate <= 20.5, "one step in 50 ms or more, not 61: " + rate);
  }

  @Test
  void nothingSaidYetIsNothingDone() throws IOException {
    StageProgress progress = watch(2).read();

    assertEquals(0, progress.fraction());
    assertEquals("", progress.unit());
  }
}
