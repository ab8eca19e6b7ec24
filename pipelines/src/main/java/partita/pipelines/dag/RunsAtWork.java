package partita.pipelines.dag;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.StoredFile;
import partita.schemas.artifact.WorkArea;

/**
 * The runs that are going on with a store. Each leaves a note {@code refs/active/<run id>} whose
 * time is that of its beginning, by the clock of the store, and holds a lease that ends with its
 * process. So whoever removes something from the store can tell since when all of it may be needed:
 * nothing that was written or used since the first of these runs began.
 */
public final class RunsAtWork {
  private static final String NOTES = "active/";
  private static final String CLOCK = "clock";

  private final ArtifactStore store;

  public RunsAtWork(ArtifactStore store) {
    this.store = store;
  }

  /** A run's presence, from {@link #enter} on. */
  public final class Presence implements AutoCloseable {
    private final String runId;
    private final ArtifactStore.Lease lease;

    private Presence(String runId, ArtifactStore.Lease lease) {
      this.runId = runId;
      this.lease = lease;
    }

    @Override
    public void close() throws IOException {
      try (lease) {
        forget(runId);
      }
    }
  }

  /** Begins the presence of a run, or of what plans several. */
  public Presence enter(String runId) throws IOException {
    try {
      ArtifactStore.Lease lease = store.lease(leaseName(runId), () -> {});
      try {
        store.refs().write(NOTES + runId, new byte[0]);
      } catch (IOException | RuntimeException | Error e) {
        lease.close();
        throw e;
      }
      return new Presence(runId, lease);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot begin run " + runId + ": interrupted");
    }
  }

  /** Removes note and lease file; nobody else will ever take the lease of this run. */
  private void forget(String runId) throws IOException {
    store.refs().delete(NOTES + runId);
    for (StoredFile lock : store.files().list(StoreLayout.lease(leaseName(runId)))) {
      boolean unused = store.files().remove(lock);
    }
  }

  private static String leaseName(String runId) {
    return "run-" + runId;
  }

  /** The time by the clock of the store, which need not be ours. */
  public Instant now() throws IOException {
    WorkArea refs = store.refs();
    refs.write(CLOCK, new byte[0]);
    return store.files().list(StoreLayout.REFS + "/" + CLOCK).get(0).modified();
  }

  /** The time before which what was not written or used since is out of {@code grace}. */
  public Instant cutoff(Duration grace) throws IOException {
    Instant cutoff = now().minus(grace);
    for (StoredFile note : store.files().list(StoreLayout.REFS + "/" + NOTES)) {
      if (note.modified().isBefore(cutoff) && alive(note.lastPart())) {
        cutoff = note.modified();
      }
    }
    return cutoff;
  }

  /** Removes what runs that are no more have left. */
  public void sweep() throws IOException {
    for (StoredFile note : store.files().list(StoreLayout.REFS + "/" + NOTES)) {
      if (!alive(note.lastPart())) {
        forget(note.lastPart());
      }
    }
  }

  /** Whether a run goes on; in a remote store it takes a while to tell that it was killed. */
  public boolean alive(String runId) throws IOException {
    Optional<ArtifactStore.Lease> lease = store.tryLease(leaseName(runId));
    if (lease.isPresent()) {
      lease.get().close();
    }
    return lease.isEmpty();
  }
}
