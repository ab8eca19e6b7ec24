package partita.pipelines.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunsAtWork;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.StoredFile;
import partita.transforms.shard.ShardResults;

/** Finds what nothing in a store needs any more; removes nothing. */
final class GarbageSearch {
  private final ArtifactStore store;
  private final Instant cutoff;

  /**
   * @param cutoff what was written or used since stays; not after the beginning of any run that is
   *     at work
   */
  GarbageSearch(ArtifactStore store, Instant cutoff) {
    this.store = store;
    this.cutoff = cutoff;
  }

  /** What is not kept and was not used for {@code grace}. */
  static Garbage find(ArtifactStore store, Duration grace) throws IOException {
    Instant cutoff = new RunsAtWork(store).cutoff(grace);
    return new GarbageSearch(store, cutoff).find();
  }

  private Garbage find() throws IOException {
    List<Manifest> manifests = store.manifests();
    requireManifests(manifests);
    Set<String> kept = Kept.actions(store, manifests, cutoff);
    List<AbandonedWork> abandoned = abandoned();
    Set<String> left = new HashSet<>();
    abandoned.forEach(work -> left.add(work.actionKey()));
    Set<String> needed = inReceipts(left);
    manifests.stream()
        .filter(manifest -> kept.contains(manifest.actionKey()))
        .forEach(manifest -> manifest.files().forEach(file -> needed.add(file.sha256())));
    return new Garbage(
        cutoff,
        abandoned.stream()
            .filter(AbandonedWork::scratch)
            .map(work -> new Garbage.Work(work.actionKey(), work.bytes(), work.lastWritten()))
            .toList(),
        recipes(kept),
        artifacts(manifests, kept),
        old("blobs/").stream().filter(blob -> !needed.contains(blob.lastPart())).toList(),
        idleRuns());
  }

  /** A store that was copied in part would lose what is left of it. */
  private void requireManifests(List<Manifest> manifests) throws IOException {
    int recipes = store.files().list("recipes/").size();
    if (manifests.isEmpty() && recipes > 0) {
      throw new BadInputException(
          "Cannot collect garbage in %s: it has no manifest of any artifact, but %,d recipes that lead to some; bring back its folder %s, or remove the folder recipes if the artifacts are to go"
              .formatted(store.root(), recipes, StoreLayout.MANIFESTS));
    }
  }

  /** Scratch and lock files that are old, whether anybody holds the lease or not. */
  List<AbandonedWork> abandoned() throws IOException {
    return AbandonedWork.all(store).values().stream()
        .filter(work -> work.lastWritten().isBefore(cutoff))
        .toList();
  }

  /** Digests of the blobs that artifacts or receipts have by now. */
  Set<String> needed() throws IOException {
    // Receipts first: a run that commits what they name clears them afterwards.
    Set<String> needed = inReceipts(Set.of());
    for (Manifest manifest : store.manifests()) {
      manifest.files().forEach(file -> needed.add(file.sha256()));
    }
    return needed;
  }

  /**
   * Digests of the blobs that receipts name.
   *
   * @param abandoned actions whose scratch does not count
   */
  private Set<String> inReceipts(Set<String> abandoned) throws IOException {
    Set<String> needed = new HashSet<>();
    for (AbandonedWork work : AbandonedWork.all(store).values()) {
      if (work.scratch() && !abandoned.contains(work.actionKey())) {
        for (FileEntry file : ShardResults.files(store.work(work.actionKey()))) {
          needed.add(file.sha256());
        }
      }
    }
    return needed;
  }

  private List<StoredFile> old(String prefix) throws IOException {
    return store.files().list(prefix).stream()
        .filter(file -> file.modified().isBefore(cutoff))
        .toList();
  }

  private List<StoredFile> recipes(Set<String> kept) throws IOException {
    List<StoredFile> recipes = new ArrayList<>();
    for (StoredFile recipe : old("recipes/")) {
      Optional<String> action = store.actionOf(recipe.lastPart());
      if (action.isPresent() && !kept.contains(action.get())) {
        recipes.add(recipe);
      }
    }
    return recipes;
  }

  private List<Garbage.Artifact> artifacts(List<Manifest> manifests, Set<String> kept)
      throws IOException {
    Map<String, Manifest> others = new HashMap<>();
    manifests.forEach(manifest -> others.put(manifest.actionKey(), manifest));
    others.keySet().removeAll(kept);
    List<Garbage.Artifact> artifacts = new ArrayList<>();
    for (StoredFile file : NamedArtifact.manifests(store)) {
      Manifest manifest = others.get(NamedArtifact.key(file));
      if (manifest != null && file.modified().isBefore(cutoff)) {
        artifacts.add(new Garbage.Artifact(manifest, file));
      }
    }
    artifacts.sort(Comparator.comparing(artifact -> artifact.manifest().stage()));
    return artifacts;
  }

  private List<Garbage.IdleRun> idleRuns() throws IOException {
    Map<String, Long> bytes = new TreeMap<>();
    Set<String> busy = new HashSet<>(new RunHistory(store).ids());
    for (StoredFile file : store.files().list("runs/")) {
      String runId = file.name().split("/", 3)[1];
      bytes.merge(runId, file.bytes(), Long::sum);
      if (!file.modified().isBefore(cutoff)) {
        busy.add(runId);
      }
    }
    bytes.keySet().removeAll(busy);
    return bytes.entrySet().stream()
        .map(run -> new Garbage.IdleRun(run.getKey(), run.getValue()))
        .toList();
  }
}
