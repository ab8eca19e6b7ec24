package partita.pipelines.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.StoredFile;

/**
 * The scratch of an action, or the lock file that was beside it, which nobody wrote to since the
 * cutoff and nobody works on.
 *
 * @param actionKey the action, or the name of another lease
 * @param files what it has
 */
record AbandonedWork(String actionKey, List<StoredFile> files) {
  private static final String PREFIX = "work/";
  private static final String LOCK = ".lock";

  /** The actions that left something in {@code work}. */
  static Map<String, AbandonedWork> all(ArtifactStore store) throws IOException {
    Map<String, AbandonedWork> all = new TreeMap<>();
    for (StoredFile file : store.files().list(PREFIX)) {
      String name = file.name().substring(PREFIX.length());
      int slash = name.indexOf('/');
      boolean lock = slash < 0 && name.endsWith(LOCK);
      String key = lock ? name.substring(0, name.length() - LOCK.length()) : name.split("/", 2)[0];
      all.computeIfAbsent(key, action -> new AbandonedWork(action, new ArrayList<>()))
          .files()
          .add(file);
    }
    return all;
  }

  /** Whether there is more than the lock file. */
  boolean scratch() {
    return files.stream().anyMatch(file -> !lock(file));
  }

  private boolean lock(StoredFile file) {
    return file.name().equals(StoreLayout.lease(actionKey));
  }

  long bytes() {
    return files.stream().mapToLong(StoredFile::bytes).sum();
  }

  /** When the scratch was; a lock file is written when somebody only looks at it. */
  Instant lastWritten() {
    return files.stream()
        .filter(file -> !scratch() || !lock(file))
        .map(StoredFile::modified)
        .max(Instant::compareTo)
        .orElse(Instant.EPOCH);
  }

  /**
   * Removes it unless somebody works on the action, or did since the cutoff: a run that comes next
   * finds all of it or nothing, for it waits for the lease.
   */
  boolean clear(ArtifactStore store, Instant cutoff) throws IOException {
    Optional<ArtifactStore.Lease> taken = store.tryLease(actionKey);
    if (taken.isEmpty()) {
      return false;
    }
    try (ArtifactStore.Lease lease = taken.get()) {
      for (StoredFile now : store.files().list(StoreLayout.work(actionKey) + "/")) {
        if (!now.modified().isBefore(cutoff)) {
          return false;
        }
      }
      store.work(actionKey).clear();
      for (StoredFile lock : store.files().list(StoreLayout.lease(actionKey))) {
        boolean unused = store.files().remove(lock);
      }
      return true;
    }
  }
}
