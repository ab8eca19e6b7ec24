package partita.pipelines.store;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunNote;
import partita.pipelines.dag.RunRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoredFile;

/**
 * The artifacts that stay: those of each experiment's latest run and of its latest run that
 * succeeded, those that are pinned, those used lately, and whatever any of them was made from.
 */
final class Kept {
  private final ArtifactStore store;
  private final Deque<String> roots = new ArrayDeque<>();

  private Kept(ArtifactStore store) {
    this.store = store;
  }

  /**
   * Their action keys.
   *
   * @param manifests all there are
   * @param cutoff what was used since stays
   */
  static Set<String> actions(ArtifactStore store, List<Manifest> manifests, Instant cutoff)
      throws IOException {
    Kept kept = new Kept(store);
    kept.addUsed(cutoff);
    kept.addRuns();
    return kept.closure(manifests);
  }

  /**
   * Action keys of what is pinned and of all that it was made from. What cannot be read tells
   * nothing of the latter.
   */
  static Set<String> pinned(ArtifactStore store) throws IOException {
    Deque<String> next = new ArrayDeque<>();
    RunHistory history = new RunHistory(store);
    for (Pin pin : new Pins(store).all()) {
      next.add(pin.id());
      if (pin.kind().equals(Pin.RUN)) {
        next.addAll(note(history, pin.id()).artifacts().values());
      }
    }
    Set<String> pinned = new HashSet<>();
    while (!next.isEmpty()) {
      String key = next.remove();
      if (pinned.add(key)) {
        next.addAll(madeFrom(store, key));
      }
    }
    return pinned;
  }

  private static Collection<String> madeFrom(ArtifactStore store, String key) {
    try {
      return store.find(key).map(made -> made.inputActions().values()).orElse(List.of());
    } catch (IOException damaged) {
      return List.of();
    }
  }

  private void addUsed(Instant cutoff) throws IOException {
    for (StoredFile file : NamedArtifact.manifests(store)) {
      if (!file.modified().isBefore(cutoff)) {
        roots.add(NamedArtifact.key(file));
      }
    }
  }

  private void addRuns() throws IOException {
    Set<String> pinned = new HashSet<>();
    for (Pin pin : new Pins(store).all()) {
      pinned.add(pin.id());
      roots.add(pin.id());
    }
    RunHistory history = new RunHistory(store);
    List<String> latestFirst = new ArrayList<>(history.ids());
    Collections.reverse(latestFirst);
    Set<String> seen = new HashSet<>();
    Set<String> succeeded = new HashSet<>();
    for (String id : latestFirst) {
      RunNote note = note(history, id);
      boolean latest = seen.add(note.experiment());
      boolean latestSuccess = note.status().equals("succeeded") && succeeded.add(note.experiment());
      if (latest || latestSuccess || pinned.contains(id)) {
        roots.addAll(note.artifacts().values());
      }
    }
  }

  /** An early store's note does not tell the artifacts, but the record does where it was made. */
  private static RunNote note(RunHistory history, String id) throws IOException {
    Optional<RunNote> note = history.noteOf(id);
    if (note.isPresent() && !note.get().status().isEmpty()) {
      return note.get();
    }
    Optional<RunRecord> record = history.record(id);
    return record.map(RunNote::of).or(() -> note).orElse(RunNote.UNKNOWN);
  }

  private Set<String> closure(List<Manifest> manifests) {
    Map<String, Manifest> byKey = new HashMap<>();
    manifests.forEach(manifest -> byKey.put(manifest.actionKey(), manifest));
    Set<String> kept = new HashSet<>();
    while (!roots.isEmpty()) {
      Manifest manifest = byKey.get(roots.remove());
      if (manifest != null && kept.add(manifest.actionKey())) {
        roots.addAll(manifest.inputActions().values());
      }
    }
    return kept;
  }
}
