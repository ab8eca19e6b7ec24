package partita.schemas.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UninterruptedTest {

  @Test
  void operationCutOffByAnInterruptIsDoneAgainAndTheInterruptIsKept() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    String result =
        Uninterrupted.run(
            () -> {
              if (attempts.incrementAndGet() < 3) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
              }
              assertFalse(Thread.currentThread().isInterrupted());
              return "done";
            });
    assertEquals("done", result);
    assertEquals(3, attempts.get());
    assertTrue(Thread.interrupted());
  }

  @Test
  void otherFailuresPassAndNoInterruptIsInvented() {
    assertThrows(
        IOException.class,
        () ->
            Uninterrupted.run(
                () -> {
                  throw new IOException("broken");
                }));
    assertFalse(Thread.interrupted());
  }
}
