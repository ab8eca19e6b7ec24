package partita.infra.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import partita.schemas.artifact.ArtifactStore;

/**
 * A lease as an object that its holder writes again and again. One who waits takes it over when its
 * generation has not changed for {@link LeaseTerms#expiry}, by the waiting one's own clock: clocks
 * of two machines are never compared.
 *
 * <p>It only avoids double work. A holder that is cut off from the network for longer goes on
 * working while another one does the same; both may commit, and the store keeps what came first.
 */
final class GcsLease implements ArtifactStore.Lease {
  private static final Logger LOG = Logger.getLogger(GcsLease.class.getName());

  private final GcsObjects objects;
  private final String name;
  private final byte[] holder;
  private final LeaseTerms terms;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long generation;

  private GcsLease(
      GcsObjects objects, String name, byte[] holder, LeaseTerms terms, long generation) {
    this.objects = objects;
    this.name = name;
    this.holder = holder;
    this.terms = terms;
    this.generation = generation;
  }

  /** Waits for the lease; {@code waiting} runs once on a wait. */
  static GcsLease acquire(GcsObjects objects, String name, LeaseTerms terms, Runnable waiting)
      throws IOException, InterruptedException {
    return take(objects, name, terms, waiting, true).orElseThrow();
  }

  /** The lease unless another one is heard to hold it, which takes up to the expiry of one. */
  static Optional<GcsLease> tryAcquire(GcsObjects objects, String name, LeaseTerms terms)
      throws IOException, InterruptedException {
    return take(objects, name, terms, () -> {}, false);
  }

  private static Optional<GcsLease> take(
      GcsObjects objects, String name, LeaseTerms terms, Runnable waiting, boolean patient)
      throws IOException, InterruptedException {
    byte[] holder = UUID.randomUUID().toString().getBytes(UTF_8);
    OptionalLong taken = objects.write(name, holder, GcsObjects.ABSENT);
    long seen = GcsObjects.ABSENT;
    long since = System.nanoTime();
    while (taken.isEmpty()) {
      Optional<GcsObjects.Content> other = objects.read(name);
      if (other.isEmpty()) {
        taken = objects.write(name, holder, GcsObjects.ABSENT);
      } else if (Arrays.equals(other.get().bytes(), holder)) {
        taken = OptionalLong.of(other.get().generation()); // the answer to our write was lost
      } else if (other.get().generation() == seen
          && System.nanoTime() - since > terms.expiry().toNanos()) {
        taken = objects.write(name, holder, seen);
      } else {
        if (seen == GcsObjects.ABSENT) {
          waiting.run();
        } else if (!patient && other.get().generation() != seen) {
          return Optional.empty();
        }
        if (other.get().generation() != seen) {
          seen = other.get().generation();
          since = System.nanoTime();
        }
        Thread.sleep(terms.look().toMillis());
      }
    }
    GcsLease lease = new GcsLease(objects, name, holder, terms, taken.getAsLong());
    Thread heart = new Thread(lease::keep, "lease " + name);
    heart.setDaemon(true);
    heart.start();
    return Optional.of(lease);
  }

  private void keep() {
    try {
      boolean held = true;
      while (held && !closed.await(terms.beat().toMillis(), TimeUnit.MILLISECONDS)) {
        held = beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Writes the lease anew; false when it is lost or given back. */
  private synchronized boolean beat() {
    if (closed.getCount() == 0) {
      return false;
    }
    try {
      OptionalLong next = objects.write(name, holder, generation);
      if (next.isEmpty()) {
        next = ours();
      }
      if (next.isEmpty()) {
        LOG.warning(
            "Lost %s: it was not renewed in time; another run may do the same work"
                .formatted(objects.address(name)));
        return false;
      }
      generation = next.getAsLong();
    } catch (IOException e) {
      // One missed beat of several; only too many of them lose the lease.
      LOG.log(Level.FINE, "Missed a beat of " + objects.address(name), e);
    }
    return true;
  }

  /** The generation of the lease if we hold it after all: the answer to our write was lost. */
  private OptionalLong ours() throws IOException {
    return objects.read(name).stream()
        .filter(content -> Arrays.equals(content.bytes(), holder))
        .mapToLong(GcsObjects.Content::generation)
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    synchronized (this) {
      objects.delete(name, generation);
    }
  }
}
