package partita.models.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkersTest {

  @BeforeEach
  void giveTwoThreads() {
    NativeThreads.set(2);
  }

  @AfterEach
  void giveOneThread() {
    NativeThreads.set(1);
  }

  @Test
  void tasksRunSideBySideOnOneNativeThreadEach() {
    CountDownLatch both = new CountDownLatch(2);
    AtomicInteger nativeThreads = new AtomicInteger();
    Workers.forEach(
        2,
        task -> {
          both.countDown();
          await(both);
          nativeThreads.addAndGet(NativeThreads.get());
        });
    assertEquals(2, nativeThreads.get());
    assertEquals(2, NativeThreads.get(), "afterwards");
  }

  @Test
  void theFailureOfTheSmallestIndexIsThrown() {
    CountDownLatch both = new CountDownLatch(2);
    RuntimeException error =
        assertThrows(
            IllegalStateException.class,
            () ->
                Workers.forEach(
                    5,
                    task -> {
                      both.countDown();
                      await(both);
                      throw new IllegalStateException("task " + task);
                    }));
    assertEquals("task 0", error.getMessage());
    assertEquals(2, NativeThreads.get(), "afterwards");
  }

  @Test
  void oneRoundFollowsAnotherAlsoAfterAFailure() {
    try (Workers workers = Workers.start()) {
      AtomicInteger tasks = new AtomicInteger();
      for (int round = 0; round < 200; round++) {
        workers.run(7, task -> tasks.incrementAndGet());
      }
      assertEquals(1400, tasks.get());
      assertThrows(
          IllegalArgumentException.class,
          () ->
              workers.run(
                  2,
                  task -> {
                    throw new IllegalArgumentException("task " + task);
                  }));
      workers.run(5, task -> tasks.incrementAndGet());
      assertEquals(1405, tasks.get());
    }
    assertEquals(2, NativeThreads.get(), "afterwards");
  }

  @Test
  void workersTakeNoTasksFromTheirOwnTasksNorWhenTheyAreClosed() {
    Workers workers = Workers.start();
    assertThrows(
        IllegalStateException.class, () -> workers.run(2, task -> workers.run(1, inner -> {})));
    workers.run(2, task -> {});
    workers.close();
    assertThrows(IllegalStateException.class, () -> workers.run(1, task -> {}));
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("the other task did not run beside this one");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
