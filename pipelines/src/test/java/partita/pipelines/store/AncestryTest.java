package partita.pipelines.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.Executor;
import partita.pipelines.dag.RawInput;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.Selection;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageGraph;
import partita.pipelines.dag.StopRequest;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.Sha256;

class AncestryTest {
  @TempDir private Path folder;
  private ToyStore toy;
  private Path data;
  private RunRecord run;

  /** Two stages read one artifact, which was made from a folder of two files. */
  @BeforeEach
  void run() throws IOException {
    Toys.reset();
    toy = new ToyStore(folder.resolve("artifacts"));
    data = Files.createDirectory(folder.resolve("data"));
    Path a = Files.writeString(data.resolve("a.txt"), "first");
    Path b = Files.writeString(data.resolve("b.txt"), "second file");
    RawInput raw = new RawInput(data, List.of(a, b));
    Stage emit = new Stage("emit", new Toys.Emit("word", 3), 7, Map.of(), Map.of("words", raw));
    Stage head = Stage.of("head", new Toys.Head(2), 8, Map.of("text", emit));
    Stage join = Stage.of("join", new Toys.Join("-"), 9, Map.of("text", head, "whole", emit));
    run =
        new Executor(
                toy.store,
                Toys.CPU,
                Toys.sameThread(),
                RunListener.SILENT,
                new StopRequest(),
                false)
            .run(StageGraph.of("toy", List.of(join)), RunRequest.of(Selection.ALL));
  }

  @Test
  void everyAncestorIsToldOnceDownToTheFiles() throws IOException {
    Ancestry found = Ancestry.of(toy.store, "toy:join");

    assertEquals(
        List.of("join", "head", "emit"),
        found.artifacts().stream().map(Ancestry.Step::stage).toList());
    assertEquals(List.of(), found.missing());
    Ancestry.Step join = found.step(found.artifact()).orElseThrow();
    Manifest manifest = toy.artifact(run, "join");
    assertEquals(manifest.actionKey(), join.actionKey());
    assertEquals(manifest.parameters(), join.parameters());
    assertEquals(9, join.seed());
    assertEquals(manifest.code(), join.code());
    assertEquals(run.runId(), join.run());
    assertEquals(manifest.files().get(0).sha256(), join.files().get(0).sha256());
    assertEquals(
        List.of("text", "whole"), join.inputs().stream().map(Ancestry.Input::name).toList());

    Ancestry.Input words = found.artifacts().get(2).inputs().get(0);
    assertTrue(words.raw());
    Ancestry.Source source = found.source(words.digest()).orElseThrow();
    assertEquals(data.toString(), source.path());
    assertEquals("b.txt", source.files().get(1).name());
    assertEquals(11, source.files().get(1).bytes());
    assertEquals(Sha256.of(data.resolve("b.txt")), source.files().get(1).sha256());
  }

  @Test
  void whatIsNotKnownIsSaid() throws IOException {
    String emit = toy.artifact(run, "emit").actionKey();
    toy.store.evict(toy.artifact(run, "head").actionKey());
    try (Stream<Path> walk = Files.walk(folder.resolve("artifacts/refs"))) {
      for (Path note : walk.filter(path -> path.toString().contains("sources")).toList()) {
        if (Files.isRegularFile(note)) {
          Files.delete(note);
        }
      }
    }
    Ancestry found = Ancestry.of(toy.store, "toy:join");
    assertEquals(
        List.of(
            new Ancestry.Missing(
                run.stage("head").orElseThrow().actionKey(), "was evicted or collected")),
        found.missing());
    assertFalse(
        found
            .source(found.step(emit).orElseThrow().inputs().get(0).digest())
            .orElseThrow()
            .known());
  }

  @Test
  void nameOfNothingIsRefused() {
    assertEquals(
        "Cannot tell the provenance of 'no': expected experiment:stage, as ic-gan/sprites-32:train@1500, or the first 6 or more digits of an artifact's key",
        assertThrows(BadInputException.class, () -> Ancestry.of(toy.store, "no")).getMessage());
  }
}
