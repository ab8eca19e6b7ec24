package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.StoreFiles;
import partita.schemas.artifact.WorkArea;

/** Collections and runs that die at some call of the store; takes seconds, for it tries many. */
class StoreCrashTest {
  private static final Predicate<String> REMOVALS = Set.of("remove", "clear", "evict")::contains;
  private static final Predicate<String> ANY = name -> !name.equals("root");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir private Path folder;
  private ToyStore toys;

  @BeforeEach
  void openEmptyStore() throws IOException {
    Toys.reset();
    toys = new ToyStore(folder.resolve("artifacts"));
  }

  @Test
  void collectionThatCrashesAtAnyRemovalLeavesAStoreThatWorks() throws Exception {
    RunRecord old = toys.run("ab", 2);
    toys.run("xy", 3);
    toys.leaveUnfinishedWork();
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
      toys.assertTidy();
      if (!crashed) {
        assertTrue(survived > 10, "only " + survived + " removals");
        return;
      }
    }
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
      toys.assertTidy();
      assertEquals(List.of(), toys.files("refs/active"));
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
}
