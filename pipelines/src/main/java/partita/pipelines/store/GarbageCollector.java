package partita.pipelines.store;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import partita.pipelines.dag.Determinism;
import partita.pipelines.dag.RunsAtWork;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.StoredFile;
import partita.schemas.artifact.TemporaryFiles;

/**
 * Removes what nothing in a store needs any more, while runs go on.
 *
 * <p>At any moment the store works: a recipe goes before the artifact that it leads to, a manifest
 * before its blobs, and blobs only when all manifests and receipts that are there by then have been
 * asked. What is to go was neither written nor used since the cutoff, which is not after the
 * beginning of any run at work; a run that begins later marks what it uses, and a file that was
 * marked after it was looked at is not removed.
 */
public final class GarbageCollector {
  private final ArtifactStore store;

  public GarbageCollector(ArtifactStore store) {
    this.store = store;
  }

  /**
   * What would go.
   *
   * @param grace how long something stays after it was written or used last
   * @throws partita.pipelines.dag.BadInputException when all manifests are missing
   */
  public Garbage find(Duration grace) throws IOException {
    return GarbageSearch.find(store, grace);
  }

  /** Removes what was found, as far as nobody began to use it; tells what is gone. */
  public Garbage remove(Garbage found) throws IOException {
    GarbageSearch search = new GarbageSearch(store, found.cutoff());
    List<Garbage.Work> work = removeWork(search, found);
    List<StoredFile> recipes = remove(found.recipes());
    List<Garbage.Artifact> artifacts = new ArrayList<>();
    for (Garbage.Artifact artifact : found.artifacts()) {
      if (store.files().remove(artifact.file())) {
        Determinism.forget(store, artifact.manifest().actionKey());
        artifacts.add(artifact);
      }
    }
    Set<String> needed = search.needed();
    List<StoredFile> blobs =
        remove(found.blobs().stream().filter(blob -> !needed.contains(blob.lastPart())).toList());
    for (Garbage.IdleRun run : found.idleRuns()) {
      TemporaryFiles.deleteTree(store.run(run.runId()));
    }
    new RunsAtWork(store).sweep();
    return new Garbage(found.cutoff(), work, recipes, artifacts, blobs, found.idleRuns());
  }

  private List<Garbage.Work> removeWork(GarbageSearch search, Garbage found) throws IOException {
    List<Garbage.Work> gone = new ArrayList<>();
    for (AbandonedWork work : search.abandoned()) {
      if (work.clear(store, found.cutoff())) {
        found.work().stream()
            .filter(listed -> listed.actionKey().equals(work.actionKey()))
            .forEach(gone::add);
      }
    }
    return gone;
  }

  private List<StoredFile> remove(List<StoredFile> files) throws IOException {
    List<StoredFile> gone = new ArrayList<>();
    for (StoredFile file : files) {
      if (store.files().remove(file)) {
        gone.add(file);
      }
    }
    return gone;
  }
}
