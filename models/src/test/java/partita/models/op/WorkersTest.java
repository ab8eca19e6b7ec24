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
