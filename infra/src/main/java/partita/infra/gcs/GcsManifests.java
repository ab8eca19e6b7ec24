package partita.infra.gcs;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.ManifestJson;
import partita.schemas.artifact.StoreLayout;

/** The manifests of a store, a JSON object each; creating one only if absent commits. */
final class GcsManifests {
  private final GcsObjects objects;
  private final GcsBlobs blobs;

  GcsManifests(GcsObjects objects, GcsBlobs blobs) {
    this.objects = objects;
    this.blobs = blobs;
  }

  /** The manifest of an action, if all its blobs are there. */
  Optional<Manifest> find(String actionKey) throws IOException {
    String name = StoreLayout.manifest(actionKey);
    Optional<GcsObjects.Content> content = objects.read(name);
    return content.isEmpty() ? Optional.empty() : intact(name, content.get());
  }

  private Optional<Manifest> intact(String name, GcsObjects.Content content) throws IOException {
    Manifest manifest = parse(name, content);
    return blobs.present(manifest.files()) ? Optional.of(manifest) : Optional.empty();
  }

  private Manifest parse(String name, GcsObjects.Content content) throws IOException {
    return ManifestJson.read(content.bytes(), objects.address(name));
  }

  /** Adds a manifest unless an intact one is there already; returns the one that is there. */
  Manifest commit(Manifest manifest) throws IOException {
    blobs.require(manifest.files());
    String name = StoreLayout.manifest(manifest.actionKey());
    byte[] json = ManifestJson.write(manifest);
    OptionalLong written = objects.write(name, json, GcsObjects.ABSENT);
    while (written.isEmpty()) {
      Optional<GcsObjects.Content> there = objects.read(name);
      Optional<Manifest> earlier = there.isEmpty() ? Optional.empty() : intact(name, there.get());
      if (earlier.isPresent()) {
        return earlier.get();
      }
      // Over one whose blobs are gone.
      long expected = there.map(GcsObjects.Content::generation).orElse(GcsObjects.ABSENT);
      written = objects.write(name, json, expected);
    }
    return manifest;
  }

  List<Manifest> all() throws IOException {
    List<String> names =
        objects.list(StoreLayout.MANIFESTS + "/").stream()
            .filter(name -> name.endsWith(".json"))
            .toList();
    return SideBySide.map(names, this::read).stream().flatMap(Optional::stream).toList();
  }

  /** A manifest whether its blobs are there or not; nothing if it was evicted meanwhile. */
  private Optional<Manifest> read(String name) throws IOException {
    Optional<GcsObjects.Content> content = objects.read(name);
    return content.isEmpty() ? Optional.empty() : Optional.of(parse(name, content.get()));
  }

  void evict(String actionKey) throws IOException {
    objects.delete(StoreLayout.manifest(actionKey));
  }
}
