package partita.pipelines.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import partita.pipelines.dag.RawSource;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.ManifestJson;
import partita.schemas.artifact.StoreLayout;

/** Follows the inputs of an artifact, by manifests alone: blobs may be gone or damaged. */
final class AncestrySearch {
  private final ArtifactStore store;
  private final List<Ancestry.Step> steps = new ArrayList<>();
  private final List<Ancestry.Missing> missing = new ArrayList<>();
  private final Map<String, Ancestry.Source> sources = new LinkedHashMap<>();
  private final Deque<String> next = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();

  AncestrySearch(ArtifactStore store) {
    this.store = store;
  }

  Ancestry of(String actionKey) throws IOException {
    seen.add(actionKey);
    add(manifest(actionKey));
    while (!next.isEmpty()) {
      String ancestor = next.remove();
      try {
        add(manifest(ancestor));
      } catch (NoSuchFileException | FileNotFoundException e) {
        missing.add(new Ancestry.Missing(ancestor, "was evicted or collected"));
      } catch (IOException e) {
        missing.add(new Ancestry.Missing(ancestor, String.valueOf(e.getMessage())));
      }
    }
    return new Ancestry(store.root(), actionKey, steps, missing, List.copyOf(sources.values()));
  }

  private Manifest manifest(String actionKey) throws IOException {
    String name = StoreLayout.manifest(actionKey);
    try (InputStream in = store.files().open(name)) {
      return ManifestJson.read(in.readAllBytes(), name);
    }
  }

  private void add(Manifest manifest) throws IOException {
    Ancestry.Step step = Ancestry.Step.of(manifest);
    steps.add(step);
    for (Ancestry.Input input : step.inputs()) {
      if (!input.raw()) {
        if (seen.add(input.artifact())) {
          next.add(input.artifact());
        }
      } else if (!sources.containsKey(input.digest())) {
        sources.put(
            input.digest(),
            RawSource.find(store, input.digest())
                .map(found -> new Ancestry.Source(input.digest(), found.path(), found.files()))
                .orElse(new Ancestry.Source(input.digest(), "", List.of())));
      }
    }
  }
}
