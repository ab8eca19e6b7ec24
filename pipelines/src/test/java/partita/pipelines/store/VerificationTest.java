package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.StoreLayout;

class VerificationTest {
  @TempDir private Path folder;
  private ToyStore toys;
  private RunRecord run;

  @BeforeEach
  void runOnce() throws IOException {
    Toys.reset();
    toys = new ToyStore(folder.resolve("artifacts"));
    run = toys.run("abcdef", 4);
  }

  private Verification.Outcome verify() throws IOException {
    return Verification.of(toys.store, (bytes, of) -> {});
  }

  private Damage only() throws IOException {
    List<Damage> damages = verify().damages();
    assertEquals(1, damages.size(), damages.toString());
    return damages.get(0);
  }

  @Test
  void storeAsItWasWrittenHasNoDamageAndAllIsRead() throws Exception {
    List<Long> read = new ArrayList<>();
    Verification.Outcome outcome =
        Verification.of(
            toys.store,
            (bytes, of) -> {
              read.add(bytes);
              assertTrue(bytes <= of);
            });
    assertEquals(List.of(), outcome.damages());
    assertEquals(3, outcome.artifacts());
    assertEquals(toys.files("blobs").size(), outcome.blobs());
    assertEquals(outcome.bytes(), read.get(read.size() - 1));
  }

  @Test
  void everyFlippedByteOfABlobIsFoundAndNamed() throws Exception {
    Manifest join = toys.artifact(run, "join");
    Path blob = toys.store.blob(join.files().get(0));
    for (int at = 0; at < Files.size(blob); at++) {
      ToyStore.flip(blob, at);
      Damage damage = only();
      assertEquals(join.actionKey(), damage.artifact());
      assertEquals("join", damage.stage());
      assertEquals("text/00000.txt", damage.file());
      assertTrue(damage.problem().startsWith("its blob is damaged"), damage.problem());
      ToyStore.flip(blob, at);
    }
    assertEquals(List.of(), verify().damages());
  }

  @Test
  void everyFlippedByteOfAManifestAndOfARecipeIsFoundAndNamed() throws Exception {
    Path manifest = toys.manifest(run, "head");
    for (int at = 0; at < Files.size(manifest); at += 13) {
      ToyStore.flip(manifest, at);
      List<Damage> damages = verify().damages();
      assertTrue(
          damages.stream()
              .anyMatch(
                  damage ->
                      damage.file().startsWith("manifests/")
                          && damage.artifact().equals(run.stage("head").orElseThrow().actionKey())),
          "byte " + at + ": " + damages);
      ToyStore.flip(manifest, at);
    }
    String name = StoreLayout.recipe(run.stage("head").orElseThrow().recipeKey());
    for (int at = 0; at < 64; at += 7) {
      ToyStore.flip(toys.path(name), at);
      assertEquals(name, only().file());
      assertTrue(only().problem().startsWith("leads to artifact "), only().problem());
      ToyStore.flip(toys.path(name), at);
    }
    assertEquals(List.of(), verify().damages());
  }

  @Test
  void missingAndTruncatedBlobsAreNamedWithEveryArtifactThatHasThem() throws Exception {
    FileEntry emitted = toys.artifact(run, "emit").files().get(1);
    Path blob = toys.store.blob(emitted);
    byte[] content = Files.readAllBytes(blob);
    Files.delete(blob);
    assertEquals("its blob is missing", only().problem());
    assertEquals("text/00001.txt", only().file());

    Files.write(blob, java.util.Arrays.copyOf(content, 3));
    assertEquals("its blob has 3 bytes, expected %d".formatted(content.length), only().problem());
  }

  @Test
  void manifestUnderAnotherKeyAndDamagedFileOfNoArtifactAreNamed() throws Exception {
    Path copy = toys.path(StoreLayout.manifest("abcdef"));
    Files.copy(toys.manifest(run, "head"), copy);
    assertEquals("abcdef", only().artifact());
    assertTrue(only().problem().startsWith("is the manifest of artifact "), only().problem());
    Files.delete(copy);

    String orphan = StoreLayout.blob("0".repeat(64));
    Files.createDirectories(toys.path(orphan).getParent());
    Files.writeString(toys.path(orphan), "something else");
    assertEquals(orphan, only().file());
  }
}
