package partita.runners.cli;

import java.util.List;
import partita.pipelines.store.Garbage;
import partita.schemas.artifact.StoredFile;

/** What {@code gc} tells programs; times are ISO 8601 by the clock of the store. */
record GarbageJson(
    boolean deleted,
    String usedBefore,
    long bytes,
    List<Artifact> artifacts,
    List<String> recipes,
    List<Blob> blobs,
    List<Work> work,
    List<String> idleRuns) {

  /** A committed artifact; {@code bytes} are those of its files. */
  record Artifact(String stage, String actionKey, String lastUsed, long bytes) {}

  /** A file by its digest. */
  record Blob(String sha256, long bytes) {}

  /** Scratch of an action that was not finished. */
  record Work(String actionKey, String lastWritten, long bytes) {}

  static GarbageJson of(Garbage garbage, boolean deleted) {
    return new GarbageJson(
        deleted,
        garbage.cutoff().toString(),
        garbage.bytes(),
        garbage.artifacts().stream().map(GarbageJson::artifact).toList(),
        garbage.recipes().stream().map(StoredFile::lastPart).toList(),
        garbage.blobs().stream().map(blob -> new Blob(blob.lastPart(), blob.bytes())).toList(),
        garbage.work().stream()
            .map(work -> new Work(work.actionKey(), work.lastWritten().toString(), work.bytes()))
            .toList(),
        garbage.idleRuns().stream().map(Garbage.IdleRun::runId).toList());
  }

  private static Artifact artifact(Garbage.Artifact artifact) {
    return new Artifact(
        artifact.manifest().stage(),
        artifact.manifest().actionKey(),
        artifact.file().modified().toString(),
        artifact.bytes());
  }
}
