package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLeaseTest {
  @TempDir Path folder;

  @Test
  void oneThreadAtATimeHoldsALeaseThroughTwoStores() throws Exception {
    ArtifactStore one = ArtifactStores.open(folder.toString());
    ArtifactStore two = ArtifactStores.open(folder.toString());
    AtomicInteger holders = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        ArtifactStore store = i % 2 == 0 ? one : two;
        calls.add(
            pool.submit(
                () -> {
                  try (ArtifactStore.Lease lease = store.lease("action", () -> {})) {
                    most.accumulateAndGet(holders.incrementAndGet(), Math::max);
                    Thread.sleep(2);
                    holders.decrementAndGet();
                  }
                  return null;
                }));
      }
      for (Future<?> call : calls) {
        call.get(30, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(1, most.get());
  }

  @Test
  void waiterSaysOnceThatItWaits() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.toString());
    AtomicInteger said = new AtomicInteger();
    CountDownLatch waiting = new CountDownLatch(1);
    ArtifactStore.Lease held = store.lease("action", said::incrementAndGet);
    assertEquals(0, said.get());
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> waiter =
          pool.submit(
              () -> {
                Runnable say =
                    () -> {
                      said.incrementAndGet();
                      waiting.countDown();
                    };
                try (ArtifactStore.Lease lease = store.lease("action", say)) {
                  return said.get();
                }
              });
      assertTrue(waiting.await(10, TimeUnit.SECONDS));
      Thread.sleep(150);
      held.close();
      held.close();
      assertEquals(1, waiter.get(10, TimeUnit.SECONDS));
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void leasesOfDifferentActionsDoNotMeet() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.toString());
    try (ArtifactStore.Lease one = store.lease("one", () -> {});
        ArtifactStore.Lease two = store.lease("two", () -> {})) {
      assertTrue(one != two);
    }
  }

  @Test
  void waiterCanBeInterrupted() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.toString());
    try (ArtifactStore.Lease held = store.lease("action", () -> {})) {
      assertThrows(
          InterruptedException.class,
          () -> store.lease("action", () -> Thread.currentThread().interrupt()));
    }
  }

  @Test
  void leaseOfAnotherProcessIsWaitedForUntilItIsKilled() throws Exception {
    ArtifactStore store = ArtifactStores.open(folder.toString());
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertEquals('h', holder.getInputStream().read());
      AtomicInteger waited = new AtomicInteger();
      Runnable kill =
          () -> {
            waited.incrementAndGet();
            holder.destroyForcibly();
          };
      try (ArtifactStore.Lease lease = store.lease("action", kill)) {
        assertEquals(1, waited.get());
        assertTrue(holder.waitFor(10, TimeUnit.SECONDS));
      }
    } finally {
      holder.destroyForcibly();
    }
  }

  /** Takes the lease, says so and never lets go. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException, InterruptedException {
      try (ArtifactStore.Lease lease =
          ArtifactStores.open(args[0]).lease("action", () -> System.exit(1))) {
        System.out.print('h');
        System.out.flush();
        Thread.sleep(60_000);
        System.out.print(lease);
      }
    }
  }
}
