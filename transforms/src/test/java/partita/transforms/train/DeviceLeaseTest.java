package partita.transforms.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hold of a process on a GPU, of which none is needed here: it is a file's lock. */
class DeviceLeaseTest {
  @TempDir private Path folder;

  /** A process that has the lock until its input ends. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws IOException {
      try (DeviceLease lease = DeviceLease.take(Path.of(args[0]))) {
        System.out.println("held");
        while (System.in.read() >= 0) {
          System.out.flush();
        }
      }
    }
  }

  private static Process start(Path lock) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            lock.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Process hold(Path lock) throws IOException {
    Process holder = start(lock);
    assertEquals("held", holder.inputReader().readLine());
    return holder;
  }

  private static CompletableFuture<DeviceLease> taking(Path lock) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return DeviceLease.take(lock);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void aProcessWaitsUntilTheOtherIsDoneOrDead() throws Exception {
    Path lock = folder.resolve("gpu.lock");
    Process polite = hold(lock);
    CompletableFuture<DeviceLease> waiting = taking(lock);
    Thread.sleep(300);
    assertFalse(waiting.isDone());
    polite.getOutputStream().close();
    waiting.get(20, TimeUnit.SECONDS).close();

    Process killed = hold(lock);
    CompletableFuture<DeviceLease> next = taking(lock);
    assertFalse(next.isDone());
    killed.destroyForcibly();
    next.get(20, TimeUnit.SECONDS).close();
  }

  @Test
  void allThatAProcessDoesSharesItsHoldUntilTheLastIsDone() throws Exception {
    Path lock = folder.resolve("gpu.lock");
    DeviceLease first = DeviceLease.take(lock);
    DeviceLease second = DeviceLease.take(lock);
    first.close();
    first.close();
    Process other = start(lock);
    assertFalse(other.waitFor(1500, TimeUnit.MILLISECONDS), "the other process failed");
    assertFalse(other.inputReader().ready(), "the other process has it too");
    second.close();
    assertEquals("held", other.inputReader().readLine());
    other.destroyForcibly().waitFor();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    Path lock = folder.resolve("gpu.lock");
    Process holder = hold(lock);
    Thread.currentThread().interrupt();
    assertThrows(ClosedByInterruptException.class, () -> DeviceLease.take(lock));
    assertTrue(Thread.interrupted());
    holder.destroyForcibly().waitFor();
  }
}
