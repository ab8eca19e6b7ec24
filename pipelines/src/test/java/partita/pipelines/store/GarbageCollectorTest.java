package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoreFiles;
import partita.schemas.artifact.WorkArea;

class GarbageCollectorTest {
  private static final Predicate<String> REMOVALS = Set.of("remove", "clear", "evict")::contains;
  private static final Predicate<String> ANY = name -> !name.equals("root");
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

  /** Whatever is there is whole, leads somewhere and belongs to something. */
  private void assertTidy() throws IOException {
    assertEquals(List.of(), Verification.of(toys.store, (bytes, of) -> {}).damages());
    Set<String> needed = new TreeSet<>();
    for (Manifest manifest : toys.store.manifests()) {
      manifest.files().forEach(file -> needed.add(file.sha256()));
    }
    Set<String> blobs = new TreeSet<>();
    toys.store.files().list("blobs/").forEach(blob -> blobs.add(blob.lastPart()));
    assertEquals(needed, blobs);
    assertEquals(List.of(), toys.files("work"));
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
    assertTidy();
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
    assertTidy();
  }

  @Test
  void unfinishedWorkStaysWithItsFilesUntilTheGraceTimeIsOver() throws Exception {
    crashAtSecondShard();
    toys.age(Duration.ofDays(6));
    assertTrue(collect(WEEK).isEmpty());
    assertEquals(2, toys.files("blobs").size());

    toys.age(MONTH);
    try (ArtifactStore.Lease held = toys.store.lease(workKey(), () -> {})) {
      Garbage gone = collect(WEEK);
      assertEquals(List.of(), gone.work(), "somebody works on it");
      assertEquals(List.of(), gone.blobs(), "and has its receipts");
    }
    Garbage gone = collect(WEEK);
    assertEquals(1, gone.work().size());
    assertEquals(2, gone.blobs().size());
    assertTidy();
  }

  /** Two shards of a stage wrote their files and receipts, then it was killed. */
  private void crashAtSecondShard() throws IOException {
    String receipt = "{\"files\":[%s],\"counts\":{}}";
    String file =
        "{\"name\":\"text/%d\",\"sha256\":\"%s\",\"bytes\":1,\"rows\":0,\"schema\":\"\",\"batchCrc32c\":[]}";
    for (int shard = 0; shard < 2; shard++) {
      Path text = Files.writeString(toys.store.temporary().resolve("t"), "" + shard);
      String sha = toys.store.addBlob(text, "text/" + shard, 0, "", List.of()).sha256();
      toys.store
          .work(workKey())
          .write(
              "receipts/0000%d.json".formatted(shard),
              receipt.formatted(file.formatted(shard, sha)).getBytes("UTF-8"));
    }
  }

  private static String workKey() {
    return "abcdef0123456789";
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
    other.start();
    for (int i = 0; i < 12; i++) {
      RunRecord run = toys.run("ab" + i % 2, 2 + i % 3);
      assertEquals("succeeded", run.status(), run.message());
      assertEquals(6 + 3 * (i % 3), Toys.text(toys.store, toys.artifact(run, "join")).length() - 3);
    }
    done.set(true);
    other.join();
    assertEquals(null, failure.get());
    assertTrue(artifacts.get() > 0, "nothing was ever removed");
    collect(Duration.ZERO);
    assertTidy();
  }

  @Test
  void collectionThatCrashesAtAnyRemovalLeavesAStoreThatWorks() throws Exception {
    RunRecord old = toys.run("ab", 2);
    toys.run("xy", 3);
    crashAtSecondShard();
    toys.age(MONTH);
    ToyStore full = toys;
    for (int survived = 0; ; survived++) {
      toys = full.copy(folder.resolve("crash" + survived));
      GarbageCollector failing = new GarbageCollector(failing(toys.store, survived));
      Garbage found = failing.find(WEEK);
      boolean crashed = false;
      try {
        failing.remove(found);
      } catch (IOException e) {
        crashed = true;
      }
      assertEquals(
          List.of(), Verification.of(toys.store, (bytes, of) -> {}).damages(), "after " + survived);
      RunRecord again = toys.run("ab", 2);
      assertEquals("succeeded", again.status(), again.message());
      assertEquals(
          old.stage("join").orElseThrow().contentDigest(),
          again.stage("join").orElseThrow().contentDigest());
      toys.age(MONTH);
      new GarbageCollector(toys.store).remove(new GarbageCollector(toys.store).find(WEEK));
      assertTidy();
      if (!crashed) {
        assertTrue(survived > 10, "only " + survived + " removals");
        return;
      }
    }
  }

  /** A store whose process dies after some removals. */
  private static ArtifactStore failing(ArtifactStore store, int survived) {
    AtomicInteger left = new AtomicInteger(survived);
    return wrap(ArtifactStore.class, store, REMOVALS, left);
  }

  private static <T> T wrap(Class<T> type, T inner, Predicate<String> deadly, AtomicInteger left) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (deadly.test(method.getName()) && left.getAndDecrement() <= 0) {
            throw new IOException("killed");
          }
          try {
            Object result = method.invoke(inner, arguments);
            if (result instanceof StoreFiles files) {
              return wrap(StoreFiles.class, files, deadly, left);
            } else if (result instanceof WorkArea work) {
              return wrap(WorkArea.class, work, deadly, left);
            }
            return result;
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void runThatWasKilledAnywhereLeavesNothingBehindOnceItIsDoneAndCollected() throws Exception {
    AtomicInteger calls = new AtomicInteger(Integer.MAX_VALUE);
    ToyStore.run(wrap(ArtifactStore.class, toys.store, ANY, calls), "ab", 2);
    int all = Integer.MAX_VALUE - calls.get();
    assertTrue(all > 40, all + " calls");
    for (int survived = 1; survived < all; survived += 6) {
      toys = new ToyStore(folder.resolve("killed" + survived));
      AtomicInteger left = new AtomicInteger(survived);
      ArtifactStore dying = wrap(ArtifactStore.class, toys.store, ANY, left);
      try {
        ToyStore.run(dying, "ab", 2);
      } catch (IOException killed) {
        assertEquals("killed", killed.getMessage());
      }
      RunRecord resumed = toys.run("ab", 2);
      assertEquals("succeeded", resumed.status(), resumed.message());
      new GarbageCollector(toys.store).remove(new GarbageCollector(toys.store).find(Duration.ZERO));
      assertTidy();
      assertEquals(List.of(), toys.files("refs/active"));
    }
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
