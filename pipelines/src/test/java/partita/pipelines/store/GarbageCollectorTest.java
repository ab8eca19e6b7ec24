package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.transforms.shard.ShardResults;

class GarbageCollectorTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir private Path folder;
  private ToyStore toys;
  private GarbageCollector collector;

  @BeforeEach
  void openEmptyStore() throws IOException {
    Toys.reset();
    toys = new ToyStore(folder.resolve("artifacts"));
    collector = new GarbageCollector(toys.store);
  }

  private static Set<String> stages(Garbage garbage) {
    return garbage.artifacts().stream()
        .map(artifact -> artifact.manifest().stage())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Garbage collect(Duration grace) throws IOException {
    return collector.remove(collector.find(grace));
  }

  @Test
  void aStoreThatLostItsManifestsKeepsItsBlobs() throws Exception {
    toys.run("ab", 2);
    toys.age(MONTH);
    for (Manifest manifest : toys.store.manifests()) {
      toys.store.evict(manifest.actionKey());
    }
    BadInputException refused = assertThrows(BadInputException.class, () -> collector.find(WEEK));
    assertTrue(refused.getMessage().contains("bring back its folder manifests"));
  }

  @Test
  void whatTheLatestRunDoesNotNeedGoesOnlyWhenAsked() throws Exception {
    RunRecord old = toys.run("ab", 2);
    RunRecord latest = toys.run("ab", 3);
    toys.age(MONTH);

    Garbage found = collector.find(WEEK);
    assertEquals(Set.of("head", "join"), stages(found));
    assertEquals(2, found.recipes().size());
    assertTrue(found.bytes() > 0);
    assertTrue(toys.store.find(old.stage("join").orElseThrow().actionKey()).isPresent());

    Garbage gone = collector.remove(found);
    assertEquals(found.artifacts(), gone.artifacts());
    assertEquals(found.blobs(), gone.blobs());
    assertTrue(toys.store.find(old.stage("join").orElseThrow().actionKey()).isEmpty());
    toys.assertTidy();
    assertTrue(collector.find(Duration.ZERO).isEmpty());
    assertEquals("emit=CACHED head=CACHED join=CACHED", ToyStore.statuses(toys.run("ab", 3)));
    RunRecord again = toys.run("ab", 2);
    assertEquals("emit=CACHED head=RAN join=RAN", ToyStore.statuses(again));
    assertEquals(
        old.stage("join").orElseThrow().contentDigest(),
        again.stage("join").orElseThrow().contentDigest());
    assertEquals("succeeded", latest.status());
  }

  @Test
  void whatWasUsedWithinTheGraceTimeStaysWithAllThatItWasMadeFrom() throws Exception {
    RunRecord old = toys.run("ab", 2);
    toys.run("xy", 2);
    toys.age(Duration.ofDays(6));
    assertTrue(collector.find(WEEK).isEmpty());

    toys.age(MONTH);
    assertEquals(Set.of("emit", "head", "join"), stages(collector.find(WEEK)));
    toys.store.use(old.stage("join").orElseThrow().actionKey());
    assertTrue(collector.find(WEEK).artifacts().isEmpty());
  }

  @Test
  void latestRunThatSucceededIsKeptBehindOneThatFailed() throws Exception {
    toys.run("ab", 2);
    Toys.BEFORE.put(
        "Head:1",
        () -> {
          throw new IOException("disk on fire");
        });
    assertEquals("failed", toys.run("xy", 2).status());
    toys.age(MONTH);

    Garbage gone = collect(WEEK);
    assertEquals(Set.of(), stages(gone), "emit of the failed run is of the latest run");
    Toys.reset();
    assertEquals("emit=CACHED head=RAN join=RAN", ToyStore.statuses(toys.run("xy", 2)));
  }

  @Test
  void pinnedRunAndPinnedArtifactStay() throws Exception {
    RunRecord first = toys.run("ab", 2);
    RunRecord second = toys.run("cd", 2);
    toys.run("ef", 2);
    Pins pins = new Pins(toys.store);
    pins.pin("last~2");
    pins.pin(second.stage("head").orElseThrow().actionKey().substring(0, 20));
    toys.age(MONTH);

    assertEquals(Set.of("join"), stages(collect(WEEK)), "nothing was made from it but join");
    assertTrue(toys.store.find(first.stage("join").orElseThrow().actionKey()).isPresent());
    pins.unpin("last~2");
    pins.unpin(second.stage("head").orElseThrow().actionKey().substring(0, 20));
    assertEquals(Set.of("emit", "head", "join"), stages(collect(WEEK)));
    toys.assertTidy();
  }

  @Test
  void unfinishedWorkStaysWithItsFilesUntilTheGraceTimeIsOver() throws Exception {
    toys.leaveUnfinishedWork();
    toys.age(Duration.ofDays(6));
    assertTrue(collect(WEEK).isEmpty());
    assertEquals(2, toys.files("blobs").size());

    toys.age(MONTH);
    try (ArtifactStore.Lease held = toys.store.lease(ToyStore.UNFINISHED, () -> {})) {
      Garbage gone = collect(WEEK);
      assertEquals(List.of(), gone.work(), "somebody works on it");
      assertEquals(List.of(), gone.blobs(), "and has its receipts");
    }
    Garbage gone = collect(WEEK);
    assertEquals(1, gone.work().size());
    assertEquals(2, gone.blobs().size());
    toys.assertTidy();
  }

  @Test
  void filesOfReceiptsThatBecomeAnArtifactMeanwhileStay() throws Exception {
    RunRecord run = toys.run("ab", 2);
    toys.leaveUnfinishedWork();
    toys.age(MONTH);
    Garbage found = collector.find(WEEK);
    assertEquals(2, found.blobs().size());
    Manifest other = toys.artifact(run, "emit");
    ArtifactStore.Lease lease = toys.store.lease(ToyStore.UNFINISHED, () -> {});
    ArtifactStore busy =
        whenAsked(
            "manifests",
            () -> {
              toys.store.commit(finished(other));
              toys.store.work(ToyStore.UNFINISHED).clear();
              lease.close();
              return lease;
            });
    assertEquals(List.of(), new GarbageCollector(busy).remove(found).blobs());
    assertTrue(toys.store.find(ToyStore.UNFINISHED).isPresent());
  }

  /** The artifact of the two shards, otherwise like another one. */
  private Manifest finished(Manifest other) throws IOException {
    return new Manifest(
        other.storeVersion(),
        other.stage(),
        ToyStore.UNFINISHED,
        "recipe-" + ToyStore.UNFINISHED,
        other.parameters(),
        other.seed(),
        other.code(),
        other.numerics(),
        other.salt(),
        other.inputs(),
        other.inputActions(),
        ShardResults.files(toys.store.work(ToyStore.UNFINISHED)),
        other.facts(),
        other.provenance());
  }

  /** A store to which something happens right after it answered a question. */
  private ArtifactStore whenAsked(String question, Callable<?> meanwhile) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          Object answer = method.invoke(toys.store, arguments);
          if (method.getName().equals(question)) {
            meanwhile.call();
          }
          return answer;
        };
    ClassLoader loader = ArtifactStore.class.getClassLoader();
    return (ArtifactStore)
        Proxy.newProxyInstance(loader, new Class<?>[] {ArtifactStore.class}, handler);
  }

  @Test
  void whatARunThatIsGoingOnFindsAndWritesStaysWhateverTheGraceTime() throws Exception {
    toys.run("ab", 2);
    toys.run("xy", 3);
    toys.age(MONTH);
    AtomicReference<Garbage> gone = new AtomicReference<>();
    // By now emit is found, and a shard of head is written that no manifest names.
    Toys.BEFORE.put(
        "Head:1",
        () -> {
          gone.set(collect(Duration.ZERO));
          return gone;
        });
    RunRecord run = toys.run("ab", 1);

    assertEquals("emit=CACHED head=RAN join=RAN", ToyStore.statuses(run));
    assertEquals(Set.of("head", "join"), stages(gone.get()), "of the first run");
    assertEquals("a-a-a-", Toys.text(toys.store, toys.artifact(run, "join")));
  }

  @Test
  void artifactThatARunBeginsToUseAfterItWasFoundStays() throws Exception {
    RunRecord old = toys.run("ab", 2);
    toys.run("xy", 2);
    toys.age(MONTH);
    Garbage found = collector.find(WEEK);
    assertEquals(Set.of("emit", "head", "join"), stages(found));

    AtomicReference<Garbage> gone = new AtomicReference<>();
    Toys.BEFORE.put(
        "Head:0",
        () -> {
          gone.set(collector.remove(found));
          return gone;
        });
    RunRecord run = toys.run("ab", 1);
    assertEquals("emit=CACHED head=RAN join=RAN", ToyStore.statuses(run));
    assertEquals(Set.of("head", "join"), stages(gone.get()));
    assertEquals(
        old.stage("emit").orElseThrow().actionKey(), toys.artifact(run, "emit").actionKey());
  }

  @Test
  void runsAndCollectionsAtOnceNeverFail() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    AtomicInteger artifacts = new AtomicInteger();
    Thread other =
        new Thread(
            () -> {
              try {
                while (!done.get()) {
                  artifacts.addAndGet(collect(Duration.ZERO).artifacts().size());
                }
              } catch (IOException | RuntimeException e) {
                failure.set(e);
              }
            });
    other.setDaemon(true);
    other.start();
    try {
      // On, until collections came between often enough to show something.
      for (int i = 0; i < 12 || (artifacts.get() == 0 && i < 500); i++) {
        RunRecord run = toys.run("ab" + i % 2, 2 + i % 3);
        assertEquals("succeeded", run.status(), run.message());
        assertEquals(
            6 + 3 * (i % 3), Toys.text(toys.store, toys.artifact(run, "join")).length() - 3);
      }
    } finally {
      done.set(true);
      other.join();
    }
    assertEquals(null, failure.get());
    assertTrue(artifacts.get() > 0, "nothing was ever removed");
    collect(Duration.ZERO);
    toys.assertTidy();
  }

  @Test
  void storeWithAManifestThatCannotBeReadIsLeftAlone() throws Exception {
    toys.run("ab", 2);
    RunRecord run = toys.run("xy", 2);
    ToyStore.flip(toys.manifest(run, "head"), 100);
    toys.age(MONTH);
    List<String> before = new ArrayList<>(toys.files("blobs"));
    IOException refused = assertThrows(IOException.class, () -> collector.find(WEEK));
    assertTrue(refused.getMessage().startsWith("Cannot read manifest "), refused.getMessage());
    assertEquals(before, toys.files("blobs"));
  }

  @Test
  void foldersOfIdleRunsGoAndReportsOfOthersStay() throws Exception {
    RunRecord busy = toys.run("ab", 2);
    RunRecord idle = toys.run("ab", 2);
    assertTrue(Files.exists(toys.path("runs/" + idle.runId() + "/run.json")));
    toys.age(MONTH);
    assertEquals(1, collect(WEEK).idleRuns().size());
    assertFalse(Files.exists(toys.path("runs/" + idle.runId())));
    assertTrue(Files.exists(toys.path("runs/" + busy.runId() + "/run.json")));
  }
}
