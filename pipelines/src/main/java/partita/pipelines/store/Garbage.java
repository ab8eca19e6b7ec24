package partita.pipelines.store;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoredFile;

/**
 * What nothing needs any more, or what of it has been removed.
 *
 * @param cutoff what was written or used since stays
 * @param work scratch of actions that nobody finished
 * @param recipes recipes that lead to no artifact that stays
 * @param artifacts committed artifacts
 * @param blobs files of no artifact that stays, and of no work that does
 * @param idleRuns folders of runs that found nothing to do
 */
public record Garbage(
    Instant cutoff,
    List<Work> work,
    List<StoredFile> recipes,
    List<Artifact> artifacts,
    List<StoredFile> blobs,
    List<IdleRun> idleRuns) {

  public Garbage {
    work = List.copyOf(work);
    recipes = List.copyOf(recipes);
    artifacts = List.copyOf(artifacts);
    blobs = List.copyOf(blobs);
    idleRuns = List.copyOf(idleRuns);
  }

  /** An artifact and the file that commits it. */
  public record Artifact(Manifest manifest, StoredFile file) {

    /** Size of its files, whether another artifact has equal ones or not. */
    public long bytes() {
      return manifest.files().stream().mapToLong(FileEntry::bytes).sum();
    }
  }

  /**
   * Scratch of an action.
   *
   * @param lastWritten by the clock of the store
   */
  public record Work(String actionKey, long bytes, Instant lastWritten) {}

  /** The folder of a run. */
  public record IdleRun(String runId, long bytes) {}

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return work.isEmpty()
        && recipes.isEmpty()
        && artifacts.isEmpty()
        && blobs.isEmpty()
        && idleRuns.isEmpty();
  }

  /** What all of it takes on the disk. */
  public long bytes() {
    long files =
        Stream.of(recipes, artifacts.stream().map(Artifact::file).toList(), blobs)
            .flatMap(List::stream)
            .mapToLong(StoredFile::bytes)
            .sum();
    return files
        + work.stream().mapToLong(Work::bytes).sum()
        + idleRuns.stream().mapToLong(IdleRun::bytes).sum();
  }
}
