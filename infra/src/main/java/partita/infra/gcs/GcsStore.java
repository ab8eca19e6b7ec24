package partita.infra.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.cloud.storage.Storage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.Sha256;
import partita.schemas.artifact.StoreFiles;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.StoreVersion;
import partita.schemas.artifact.WorkArea;

/**
 * A store in a Cloud Storage bucket, with the names of {@link StoreLayout}. An object appears whole
 * or not at all, so a manifest that is created only if absent commits an artifact. Files are read
 * through a {@link LocalCache}. Folders of runs are local: only artifacts, work areas and notes are
 * shared between machines.
 */
final class GcsStore implements ArtifactStore {
  private final GcsRoot root;
  private final boolean there;
  private final GcsObjects objects;
  private final LocalCache cache;
  private final GcsBlobs blobs;
  private final GcsManifests manifests;
  private final LeaseTerms terms;
  private final GcsStoreFiles files;

  private GcsStore(
      GcsRoot root, GcsObjects objects, LocalCache cache, LeaseTerms terms, boolean there) {
    this.root = root;
    this.there = there;
    this.objects = objects;
    this.cache = cache;
    this.terms = terms;
    blobs = new GcsBlobs(objects, cache);
    manifests = new GcsManifests(objects, blobs);
    files = new GcsStoreFiles(objects, cache);
  }

  /** Opens the store at a root and makes one there when there is none; the bucket must exist. */
  static GcsStore open(GcsRoot root, Storage storage, LocalCache cache, LeaseTerms terms)
      throws IOException {
    GcsStore found = read(root, storage, cache, terms);
    while (!found.there) {
      try {
        // Somebody else may make it first.
        found.objects.write(StoreLayout.VERSION, StoreVersion.current(), GcsObjects.ABSENT);
      } catch (GcsFailure e) {
        throw e.to("open artifact root " + root.given());
      }
      found = read(root, storage, cache, terms);
    }
    return found;
  }

  /** Opens the store at a root to look at; where there is none, it looks empty. */
  static GcsStore read(GcsRoot root, Storage storage, LocalCache cache, LeaseTerms terms)
      throws IOException {
    GcsObjects objects = new GcsObjects(storage, root);
    try {
      Optional<GcsObjects.Content> version = objects.read(StoreLayout.VERSION);
      if (version.isPresent()) {
        StoreVersion.check(root.given(), version.get().bytes());
      }
      return new GcsStore(root, objects, cache, terms, version.isPresent());
    } catch (GcsFailure e) {
      throw e.to("open artifact root " + root.given());
    }
  }

  @Override
  public boolean readOnly() {
    return !there;
  }

  @Override
  public String root() {
    return root.given();
  }

  @Override
  public Optional<Manifest> find(String actionKey) throws IOException {
    return manifests.find(actionKey);
  }

  @Override
  public Optional<String> actionOf(String recipeKey) throws IOException {
    return objects
        .read(StoreLayout.recipe(recipeKey))
        .map(content -> new String(content.bytes(), UTF_8).strip());
  }

  @Override
  public void bind(String recipeKey, String actionKey) throws IOException {
    String name = StoreLayout.recipe(recipeKey);
    byte[] content = (StoreLayout.checkedKey(actionKey) + "\n").getBytes(UTF_8);
    boolean bound = false;
    while (!bound) {
      Optional<GcsObjects.Content> before = objects.read(name);
      long expected = before.map(GcsObjects.Content::generation).orElse(GcsObjects.ABSENT);
      bound =
          before.filter(found -> Arrays.equals(found.bytes(), content)).isPresent()
              || objects.write(name, content, expected).isPresent();
    }
  }

  @Override
  public Manifest commit(Manifest manifest) throws IOException {
    Manifest winner = manifests.commit(manifest);
    bind(manifest.recipeKey(), manifest.actionKey());
    return winner;
  }

  @Override
  public List<Manifest> manifests() throws IOException {
    return manifests.all();
  }

  @Override
  public void evict(String actionKey) throws IOException {
    manifests.evict(actionKey);
  }

  @Override
  public FileEntry addBlob(Path file, String name, long rows, String schema, List<Long> batchCrc32c)
      throws IOException {
    FileEntry entry =
        new FileEntry(name, Sha256.of(file), Files.size(file), rows, schema, batchCrc32c);
    blobs.add(file, entry);
    return entry;
  }

  @Override
  public Path blob(FileEntry entry) throws IOException {
    return blobs.fetch(entry);
  }

  @Override
  public WorkArea work(String actionKey) {
    return area(StoreLayout.work(actionKey));
  }

  @Override
  public WorkArea refs() {
    return area(StoreLayout.REFS);
  }

  private WorkArea area(String folder) {
    return new GcsWorkArea(objects, folder, cache, cache.of(root).resolve(folder));
  }

  @Override
  public Lease lease(String actionKey, Runnable waiting) throws IOException, InterruptedException {
    return GcsLease.acquire(objects, StoreLayout.lease(actionKey), terms, waiting);
  }

  @Override
  public Optional<Lease> tryLease(String actionKey) throws IOException {
    try {
      return GcsLease.tryAcquire(objects, StoreLayout.lease(actionKey), terms).map(lease -> lease);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Cannot tell who works on " + actionKey + ": interrupted");
    }
  }

  @Override
  public StoreFiles files() {
    return files;
  }

  @Override
  public Path temporary() throws IOException {
    return cache.temporary().folder();
  }

  @Override
  public Path run(String runId) throws IOException {
    return Files.createDirectories(cache.of(root).resolve(StoreLayout.run(runId)));
  }
}
