package partita.pipelines.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.ManifestJson;
import partita.schemas.artifact.Sha256;
import partita.schemas.artifact.StoreLayout;
import partita.schemas.artifact.StoredFile;

/** Reads everything in a store again and compares it with its digest. */
public final class Verification {
  private static final int CHUNK = 1 << 20;

  private final ArtifactStore store;
  private final Progress progress;
  private final List<Damage> damages = new ArrayList<>();
  private final Map<String, Manifest> manifests = new TreeMap<>();
  private final Map<String, StoredFile> blobs = new TreeMap<>();
  private long done;
  private long total;

  /** Hears how far a verification is. */
  public interface Progress {
    void read(long bytes, long of);
  }

  /**
   * What was found.
   *
   * @param artifacts number of artifacts that could be read
   * @param blobs number of blobs
   * @param bytes bytes of the blobs
   * @param damages what is not as it was written
   */
  public record Outcome(int artifacts, int blobs, long bytes, List<Damage> damages) {
    public Outcome {
      damages = List.copyOf(damages);
    }
  }

  private Verification(ArtifactStore store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /** Verifies a store. Nothing is changed. */
  public static Outcome of(ArtifactStore store, Progress progress) throws IOException {
    return new Verification(store, progress).run();
  }

  private Outcome run() throws IOException {
    for (StoredFile file : NamedArtifact.manifests(store)) {
      readManifest(file);
    }
    for (StoredFile blob : store.files().list("blobs/")) {
      blobs.put(blob.lastPart(), blob);
      total += blob.bytes();
    }
    Map<String, String> problems = new HashMap<>();
    for (StoredFile blob : blobs.values()) {
      problem(blob).ifPresent(problem -> problems.put(blob.lastPart(), problem));
    }
    for (Manifest manifest : manifests.values()) {
      manifest.files().forEach(file -> check(manifest, file, problems));
    }
    tellOrphans(problems);
    checkRecipes();
    return new Outcome(manifests.size(), blobs.size(), total, stillThere());
  }

  private void readManifest(StoredFile file) throws IOException {
    String key = NamedArtifact.key(file);
    try (InputStream in = store.files().open(file.name())) {
      Manifest manifest = ManifestJson.read(in.readAllBytes(), file.name());
      if (manifest.actionKey().equals(key)) {
        manifests.put(key, manifest);
      } else {
        damages.add(
            new Damage(
                key,
                manifest.stage(),
                file.name(),
                "is the manifest of artifact " + manifest.actionKey()));
      }
    } catch (NoSuchFileException removedMeanwhile) {
      return;
    } catch (IOException e) {
      damages.add(new Damage(key, "", file.name(), String.valueOf(e.getMessage())));
    }
  }

  /** What is wrong with a blob, apart from its size. */
  private Optional<String> problem(StoredFile blob) throws IOException {
    MessageDigest digest = Sha256.start();
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = store.files().open(blob.name())) {
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
        done += count;
        progress.read(done, total);
      }
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.of("its blob is missing");
    } catch (IOException e) {
      return Optional.of("its blob cannot be read: " + e.getMessage());
    }
    String found = HexFormat.of().formatHex(digest.digest());
    return found.equals(blob.lastPart())
        ? Optional.empty()
        : Optional.of("its blob is damaged: it holds bytes with SHA-256 " + found);
  }

  private void check(Manifest manifest, FileEntry file, Map<String, String> problems) {
    StoredFile blob = blobs.get(file.sha256());
    String problem = problems.get(file.sha256());
    if (blob == null) {
      problem = "its blob is missing";
    } else if (blob.bytes() != file.bytes()) {
      problem = "its blob has %,d bytes, expected %,d".formatted(blob.bytes(), file.bytes());
    }
    if (problem != null) {
      damages.add(new Damage(manifest.actionKey(), manifest.stage(), file.name(), problem));
    }
  }

  /** Also blobs of no artifact: work in progress may be about to commit them. */
  private void tellOrphans(Map<String, String> problems) {
    Set<String> named = new HashSet<>();
    manifests.values().forEach(m -> m.files().forEach(file -> named.add(file.sha256())));
    new TreeMap<>(problems)
        .forEach(
            (sha256, problem) -> {
              if (!named.contains(sha256)) {
                damages.add(new Damage("", "", StoreLayout.blob(sha256), problem));
              }
            });
  }

  private void checkRecipes() throws IOException {
    // Read before the manifests: a run that works meanwhile commits those first.
    Map<String, String> actions = new TreeMap<>();
    for (StoredFile recipe : store.files().list("recipes/")) {
      store.actionOf(recipe.lastPart()).ifPresent(action -> actions.put(recipe.name(), action));
    }
    Set<String> there = new HashSet<>();
    for (StoredFile manifest : NamedArtifact.manifests(store)) {
      there.add(NamedArtifact.key(manifest));
    }
    actions.forEach(
        (recipe, action) -> {
          if (!there.contains(action)) {
            damages.add(
                new Damage(
                    "", "", recipe, "leads to artifact %s, which is not there".formatted(action)));
          }
        });
  }

  /** What garbage collection removed while we looked was no damage. */
  private List<Damage> stillThere() throws IOException {
    List<Damage> still = new ArrayList<>();
    for (Damage damage : damages) {
      String name =
          damage.artifact().isEmpty() ? damage.file() : StoreLayout.manifest(damage.artifact());
      if (!store.files().list(name).isEmpty()) {
        still.add(damage);
      }
    }
    return still;
  }
}
