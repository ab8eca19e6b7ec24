package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;

/** The commands {@code diff gc verify evict pin unpin}. */
class StoreCommandTest {
  private static final String CHANGED = "--set=count.numbers=11";

  /** With the artifacts of two runs, the second one {@link #CHANGED}. */
  @TempDir private static Path twoRuns;

  @TempDir private Path folder;
  private ToyTerminal terminal;

  @BeforeAll
  static void runTwice() {
    ToyTerminal terminal = new ToyTerminal(twoRuns);
    assertEquals(CommandLine.OK, run(terminal), terminal::err);
    assertEquals(CommandLine.OK, run(terminal, CHANGED), terminal::err);
  }

  private static int run(ToyTerminal terminal, String... options) {
    List<String> words = new ArrayList<>(List.of("--runner=DirectRunner", "--parallelism=1"));
    words.addAll(List.of(options));
    return terminal.run(words);
  }

  @BeforeEach
  void copyArtifacts() throws IOException {
    terminal = new ToyTerminal(folder);
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(twoRuns.resolve("artifacts"))) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      Files.copy(path, folder.resolve(twoRuns.relativize(path)));
    }
  }

  private void done(String... words) {
    assertEquals(CommandLine.OK, terminal.run(words), terminal::err);
  }

  private void refused(String reason, String... words) {
    assertEquals(CommandLine.BAD_INPUT, terminal.run(words), terminal::out);
    assertTrue(terminal.err().contains(reason), terminal.err());
    assertEquals(1, terminal.err().lines().count(), terminal.err());
  }

  private String out() {
    return terminal.out();
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out());
  }

  private List<Path> files(String part) throws IOException {
    try (Stream<Path> walk = Files.walk(folder.resolve("artifacts").resolve(part))) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void age() throws IOException {
    for (Path file : files("")) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(8))));
    }
  }

  @Test
  void gcSaysWhatWouldGoAndDeleteRemovesIt() throws IOException {
    done("gc");
    assertTrue(out().startsWith("Nothing to collect: all is needed or was used since "), out());

    age();
    done("gc");
    assertTrue(out().contains("  count                    "), out());
    assertTrue(out().contains("Would remove "), out());
    assertTrue(out().contains(": 2 artifacts, 5 files, 2 recipes; --delete does it"), out());
    assertEquals(4, files("manifests").size());

    done("gc", "--grace=P9D");
    assertTrue(out().startsWith("Nothing to collect"), out());

    done("gc", "--delete", "--json");
    assertTrue(json().path("deleted").asBoolean());
    assertEquals("count", json().at("/artifacts/0/stage").asText());
    assertEquals(2, files("manifests").size());
    done("gc", "--delete", "--grace=0s");
    assertTrue(out().startsWith("Nothing to collect"), out());
    done("verify");
    assertEquals(CommandLine.OK, run(terminal, CHANGED), terminal::err);
    assertTrue(out().startsWith("Nothing to do"), out());
  }

  @Test
  void verifyNamesWhatIsDamagedAndEvictLetsItBeMadeAgain() throws IOException {
    done("verify");
    assertTrue(out().contains("All is as it was written: 4 artifacts, 10 files, "), out());

    Path blob = files("blobs").get(0);
    assertTrue(blob.toFile().setWritable(true));
    Files.writeString(blob, "x" + Files.readString(blob).substring(1));
    assertEquals(CommandLine.FAILED, terminal.run("verify", "--json"));
    JsonNode damages = json().path("damages");
    assertTrue(damages.size() > 0, out());
    assertTrue(damages.get(0).path("problem").asText().startsWith("its blob is damaged"));
    String artifact = damages.get(0).path("artifact").asText();
    String stage = damages.get(0).path("stage").asText();

    assertEquals(CommandLine.FAILED, terminal.run("verify"));
    assertTrue(out().contains("  stage %s, artifact %s, text/".formatted(stage, artifact)), out());
    assertTrue(out().contains("evict KEY disowns a damaged artifact"), out());

    for (JsonNode damage : damages) {
      done("evict", damage.path("artifact").asText());
      assertTrue(out().startsWith("Evicted artifact "), out());
    }
    assertEquals(CommandLine.OK, run(terminal), terminal::err);
    assertEquals(CommandLine.OK, run(terminal, CHANGED), terminal::err);
    done("verify");
  }

  @Test
  void pinsAreListedByStatus() throws IOException {
    done("pin", "last~1");
    assertTrue(out().startsWith("Pinned run "), out());
    done("pin", "toy:sum");
    assertTrue(out().startsWith("Pinned artifact "), out());
    done("status");
    assertTrue(out().contains("(sum)"), out());
    done("status", "--json");
    assertEquals("succeeded", json().path("status").asText());
    assertEquals(2, json().path("pins").size());
    age();
    done("gc");
    assertTrue(out().startsWith("Nothing to collect"), out());
    done("unpin", "last~1");
    assertTrue(out().startsWith("No longer pinned: run "), out());
    refused("it is not pinned", "unpin", "last~1");
    done("gc");
    assertTrue(out().contains("Would remove "), out());
  }

  @Test
  void statusTellsARunAtWorkFromOneThatWasKilled() throws Exception {
    List<Path> records = files("runs").stream().filter(f -> f.endsWith("run.json")).toList();
    Path latest = records.get(records.size() - 1);
    Files.writeString(latest, Files.readString(latest).replace("succeeded", "running"));
    done("status");
    assertTrue(out().contains("It was killed; the same command continues"), out());

    ArtifactStore store = ArtifactStores.open(folder.resolve("artifacts").toString());
    String runId = latest.getParent().getFileName().toString();
    try (ArtifactStore.Lease held = store.lease("run-" + runId, () -> {})) {
      done("status");
      assertTrue(out().contains("It is at work"), out());
      done("status", "--json");
      assertTrue(json().path("atWork").asBoolean());
    }
  }

  @Test
  void diffTellsStageByStageWhatDiffers() throws IOException {
    done("diff", "last~1", "last");
    assertTrue(out().contains("  parameter numbers 10 -> 11"), out());
    assertTrue(out().contains("sum: "), out());
    assertTrue(out().contains("  input numbers "), out());
    assertTrue(out().contains("0 of 2 stages have the same artifact"), out());
    done("diff", "last", "last", "--json");
    assertEquals(0, json().at("/stages/0/changes").size());
    assertEquals("BOTH", json().at("/stages/0/presence").asText());
  }

  @Test
  void verifyRunsAStageAgainAndComparesItsBits() throws IOException {
    done("verify", "--rerun=sum", "--parallelism=1,2", "--runner=DirectRunner", CHANGED);
    assertTrue(out().contains("sum at parallelism 1, "), out());
    assertTrue(out().contains(" s: the same bits"), out());
    assertTrue(out().contains("Report: "), out());
    done("verify", "--rerun=sum", "--parallelism=4", "--runner=DirectRunner", CHANGED, "--json");
    assertEquals("sum", json().at("/0/stage").asText());
    assertEquals(3, json().at("/0/checks").size());
    assertEquals(4, json().at("/0/checks/2/parallelism").asInt());
    done("gc", "--delete", "--grace=0s");
    done("verify");

    refused("did you mean 'sum'?", "verify", "--rerun=smu");
    refused("it is not up to date", "verify", "--rerun=sum", "--set=count.numbers=12");
    refused("expected whole numbers above 0, as 1,2,4", "verify", "--rerun=sum", "--parallelism=0");
    refused("Cannot use --set with verify", "verify", CHANGED);
  }

  @Test
  void mistakesAreOneSentence() {
    refused("Cannot use --grace=soon: expected a time as 7d, 2h", "gc", "--grace=soon");
    refused("Cannot use --grace=-PT1H: expected a time", "gc", "--grace=-PT1H");
    refused("Cannot use --set with gc", "gc", "--set=a=b");
    refused("Cannot use --delete with verify", "verify", "--delete");
    refused("Cannot diff without a RUN: expected diff RUN RUN", "diff", "last");
    refused("Cannot find run 'last~9': 0 runs", "diff", "last", "last~9");
    refused("Cannot evict 'nothing': expected experiment:stage", "evict", "nothing");
    refused("expected the beginning of a run's id, last, last~1", "pin", "zero");
    refused("Cannot use 'now'", "gc", "now");
    refused("Cannot use --flinkMaster=x with gc", "gc", "--flinkMaster=x");
  }

  @Test
  void helpSaysWhatIsKept() {
    done("gc", "--help");
    assertTrue(out().contains("--grace=TIME"), out());
    assertTrue(out().contains("latest run that"), out());
    assertFalse(out().contains("--experiment"), out());
    done("verify", "--help");
    assertTrue(out().contains("Exit code 1 if anything is missing"), out());
  }

  @Test
  void provenanceIsATreeOrJsonAndRefusesWhatIsNoArtifact() throws IOException {
    done("provenance", "toy:sum");
    List<String> lines = out().lines().toList();
    assertTrue(lines.get(0).startsWith("sum, artifact "), out());
    assertTrue(out().contains("\n  <- numbers: count, artifact "), out());
    assertTrue(out().contains("    seed 1, code "), out());
    assertTrue(
        out().contains("    with failAt=-1, millis=0, numbers=11, shards=4, task=Count\n"), out());
    assertTrue(out().contains("    text/00003.txt, "), out());

    Path file = folder.resolve("provenance.json");
    done("provenance", "toy:sum", "--json=" + file);
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals("count", json.at("/artifacts/1/stage").asText());
    assertEquals("11", json.at("/artifacts/1/parameters/numbers").asText());
    assertEquals(json.at("/artifacts/1/actionKey"), json.at("/artifacts/0/inputs/0/artifact"));

    refused("Cannot tell the provenance of 'ffffff': 0 artifacts in ", "provenance", "ffffff");
    refused(
        "Cannot use stage 'som': it does not exist; did you mean 'sum'?", "provenance", "toy:som");
    refused("Cannot provenance without a KEY|EXPERIMENT:STAGE", "provenance");
  }
}
