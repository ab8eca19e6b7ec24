package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.ArtifactStore;

class EvictionTest {
  @TempDir private Path folder;
  private ToyStore toys;
  private RunRecord run;

  @BeforeEach
  void runOnce() throws IOException {
    Toys.reset();
    toys = new ToyStore(folder.resolve("artifacts"));
    run = toys.run("abc", 2);
  }

  private List<Damage> damages() throws IOException {
    return Verification.of(toys.store, (bytes, of) -> {}).damages();
  }

  private String refused(String given) {
    return assertThrows(BadInputException.class, () -> Eviction.of(toys.store, given)).getMessage();
  }

  @Test
  void damagedArtifactIsMadeAgainAndWhatWasMadeFromItIsFoundAgain() throws Exception {
    Path blob = toys.store.blob(toys.artifact(run, "head").files().get(0));
    ToyStore.flip(blob, 1);
    RunRecord damaged = toys.run("abc", 2);
    assertEquals("emit=CACHED head=CACHED join=CACHED", ToyStore.statuses(damaged));
    assertEquals(3, damages().size(), "the three shards are equal files");

    Eviction evicted = Eviction.of(toys.store, "toy:head");
    assertEquals(run.stage("head").orElseThrow().actionKey(), evicted.actionKey());
    assertEquals(List.of(run.stage("head").orElseThrow().recipeKey()), evicted.recipes());
    assertEquals(1, damages().size(), "the file, which belongs to no artifact now");

    RunRecord again = toys.run("abc", 2);
    assertEquals("emit=CACHED head=RAN join=CACHED", ToyStore.statuses(again));
    assertEquals(List.of(), damages());
  }

  @Test
  void readOfADamagedFileFailsWithItsName() throws Exception {
    ToyStore.flip(toys.store.blob(toys.artifact(run, "emit").files().get(1)), 1);
    RunRecord failed = toys.run("abc", 3);
    assertEquals("emit=CACHED head=FAILED join=SKIPPED", ToyStore.statuses(failed));
    assertTrue(
        failed.message().startsWith("Stage head: Cannot read text/00001.txt: its blob "),
        failed.message());
    assertTrue(failed.message().contains("is damaged"), failed.message());
  }

  @Test
  void everyRecipeThatLedToItGoesAndItIsMadeOnlyOnce() throws Exception {
    toys.run("abd", 2); // comes out equal at head, so another recipe leads to the same join
    Eviction evicted = Eviction.of(toys.store, "toy:join");
    assertEquals(2, evicted.recipes().size());
    assertEquals("emit=CACHED head=CACHED join=RAN", ToyStore.statuses(toys.run("abd", 2)));
    assertEquals("emit=CACHED head=CACHED join=CUT_OFF", ToyStore.statuses(toys.run("abc", 2)));
  }

  @Test
  void receiptsThatACrashLeftDoNotBringTheBadFilesBack() throws Exception {
    String key = run.stage("emit").orElseThrow().actionKey();
    toys.store.work(key).write("receipts/00000.json", new byte[] {'x'});
    Eviction.of(toys.store, key.substring(0, 12));
    assertEquals(List.of(), toys.store.work(key).list(""));
  }

  @Test
  void artifactWhoseManifestCannotBeReadCanBeEvicted() throws Exception {
    ToyStore.flip(toys.manifest(run, "head"), 200);
    assertThrows(IOException.class, () -> toys.run("abc", 2));
    Eviction.of(toys.store, run.stage("head").orElseThrow().actionKey());
    assertEquals("emit=CACHED head=RAN join=CACHED", ToyStore.statuses(toys.run("abc", 2)));
    assertEquals(List.of(), damages());
  }

  @Test
  void pinnedArtifactAndOneThatIsBeingMadeAreNotEvicted() throws Exception {
    String key = run.stage("head").orElseThrow().actionKey();
    try (ArtifactStore.Lease held = toys.store.lease(key, () -> {})) {
      assertTrue(refused(key).contains("a run is making artifact " + key));
    }
    new Pins(toys.store).pin("toy:head");
    assertEquals(
        "Cannot evict 'toy:head': artifact %s is pinned, or needed by what is; unpin that first"
            .formatted(key),
        refused("toy:head"));
  }

  @Test
  void namesThatMeanNothingAreRefused() {
    assertTrue(refused("head").contains("expected experiment:stage"));
    assertTrue(refused("toy:haed").contains("did you mean 'head'?"));
    assertTrue(refused("other:head").contains("experiment other has not been run"));
    assertTrue(refused("0123456789ab").contains("0 artifacts in"));
  }
}
