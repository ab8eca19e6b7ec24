package partita.infra.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GcsLeaseTest {
  private static final String NAME = "work/action.lock";

  /** Patient enough for a busy machine. */
  private static final LeaseTerms PATIENT = new LeaseTerms(Duration.ofMillis(50), 20);

  private static final LeaseTerms BRIEF = new LeaseTerms(Duration.ofMillis(50), 4);

  private final AtomicInteger waits = new AtomicInteger();
  private FakeGcs gcs;
  private GcsObjects objects;

  @BeforeEach
  void start() throws Exception {
    gcs = FakeGcs.start("lab");
    objects = new GcsObjects(gcs.client(), GcsRoot.parse("gs://lab"));
  }

  @AfterEach
  void stop() {
    gcs.close();
  }

  private GcsLease acquire(LeaseTerms terms) throws Exception {
    return GcsLease.acquire(objects, NAME, terms, waits::incrementAndGet);
  }

  private void awaitBeats(int count) throws InterruptedException {
    long goal = gcs.requests("POST ") + count;
    for (int i = 0; i < 200 && gcs.requests("POST ") < goal; i++) {
      Thread.sleep(25);
    }
    assertTrue(gcs.requests("POST ") >= goal, "the lease is not renewed");
  }

  @Test
  void secondHolderWaitsHoweverLongTheFirstHolds() throws Exception {
    GcsLease first = acquire(PATIENT);
    CountDownLatch waiting = new CountDownLatch(1);
    CompletableFuture<GcsLease> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return GcsLease.acquire(objects, NAME, PATIENT, waiting::countDown);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    assertTrue(waiting.await(10, TimeUnit.SECONDS));
    Thread.sleep(PATIENT.expiry().plusMillis(300).toMillis());
    assertFalse(second.isDone());
    first.close();
    second.get(10, TimeUnit.SECONDS).close();
    assertTrue(objects.stat(NAME).isEmpty());
  }

  @Test
  void oneWhoOnlyTriesIsSentAwayByALivingHolderAndNotByADeadOne() throws Exception {
    try (GcsLease held = acquire(PATIENT)) {
      assertEquals(Optional.empty(), GcsLease.tryAcquire(objects, NAME, PATIENT));
    }
    gcs.bucket().put(NAME, "dead".getBytes(UTF_8), null);
    GcsLease.tryAcquire(objects, NAME, BRIEF).orElseThrow().close();
  }

  @Test
  void leaseOfADeadHolderIsTakenOver() throws Exception {
    gcs.bucket().put(NAME, "dead".getBytes(UTF_8), null);
    long start = System.nanoTime();
    try (GcsLease lease = acquire(BRIEF)) {
      assertTrue(System.nanoTime() - start > BRIEF.expiry().toNanos());
      assertEquals(1, waits.get());
    }
  }

  @Test
  void holderDoesNotWaitForItselfWhenAnAnswerWasLost() throws Exception {
    gcs.fail("POST ", Fault.of(Fault.Kind.LOST_ANSWER), 1);
    try (GcsLease lease = acquire(PATIENT)) {
      assertEquals(0, waits.get());
    }
    assertTrue(objects.stat(NAME).isEmpty());
  }

  @Test
  void leaseOutlivesLostAnswersAndFailures() throws Exception {
    GcsLease lease = acquire(PATIENT);
    gcs.fail("POST ", Fault.of(Fault.Kind.LOST_ANSWER), 1);
    gcs.fail("POST ", Fault.status(400), 1);
    awaitBeats(6);
    lease.close();
    assertTrue(objects.stat(NAME).isEmpty());
  }

  @Test
  void lostLeaseIsLeftToItsNewHolder() throws Exception {
    GcsLease lease = acquire(PATIENT);
    gcs.bucket().put(NAME, "another".getBytes(UTF_8), null);
    awaitBeats(1);
    lease.close();
    assertEquals("another", new String(objects.read(NAME).orElseThrow().bytes(), UTF_8));
  }
}
