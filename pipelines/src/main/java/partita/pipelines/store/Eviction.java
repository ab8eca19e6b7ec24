package partita.pipelines.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Determinism;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.StoredFile;

/**
 * Disowns an artifact, so that the next run that needs it makes it again. What was made from it
 * stays: it is used again if the new artifact is equal, and not found if it is not.
 *
 * @param actionKey key of the artifact
 * @param recipes recipes that led to it
 */
public record Eviction(String actionKey, List<String> recipes) {

  public Eviction {
    recipes = List.copyOf(recipes);
  }

  /**
   * Evicts an artifact by the beginning of its key or as {@code experiment:stage}. Its recipes go
   * first, so that none leads nowhere, then its manifest. What is left of its scratch goes too, for
   * receipts there would make the next run take the same files. Its blobs stay for other artifacts
   * that have equal ones; one that is damaged is replaced when an equal one is made.
   *
   * @throws BadInputException when the text names no artifact, or one that is pinned or being made
   */
  public static Eviction of(ArtifactStore store, String given) throws IOException {
    String key = NamedArtifact.key(store, given, "evict");
    if (Kept.pinned(store).contains(key)) {
      throw new BadInputException(
          "Cannot evict '%s': artifact %s is pinned, or needed by what is; unpin that first"
              .formatted(given, key));
    }
    Optional<ArtifactStore.Lease> taken = store.tryLease(key);
    if (taken.isEmpty()) {
      throw new BadInputException(
          "Cannot evict '%s': a run is making artifact %s; wait for it or stop it"
              .formatted(given, key));
    }
    try (ArtifactStore.Lease lease = taken.get()) {
      List<String> recipes = removeRecipes(store, key);
      store.evict(key);
      store.work(key).clear();
      Determinism.forget(store, key);
      return new Eviction(key, recipes);
    }
  }

  private static List<String> removeRecipes(ArtifactStore store, String key) throws IOException {
    List<String> removed = new ArrayList<>();
    for (StoredFile recipe : store.files().list("recipes/")) {
      // One that a run binds anew meanwhile stays, and leads where that run says.
      if (store.actionOf(recipe.lastPart()).filter(key::equals).isPresent()
          && store.files().remove(recipe)) {
        removed.add(recipe.lastPart());
      }
    }
    return removed;
  }
}
