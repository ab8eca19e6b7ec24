package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.schemas.artifact.ArtifactStores;

/** Runs in a process of their own, ended from outside while a stage is at work. */
class ProcessDeathTest {
  @TempDir private Path folder;

  private Process start(String artifacts, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), ToyMain.class.getName()));
    command.addAll(List.of(words));
    command.addAll(List.of("--runner=DirectRunner", "--parallelism=2"));
    command.add("--artifacts=" + folder.resolve(artifacts));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(artifacts + ".out").toFile())
        .start();
  }

  private String output(String artifacts) throws IOException {
    return Files.readString(folder.resolve(artifacts + ".out"));
  }

  private void awaitFile(String artifacts, String folderName) throws Exception {
    Path work = folder.resolve(artifacts).resolve("work");
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (Instant.now().isBefore(end)) {
      if (Files.isDirectory(work)) {
        try (Stream<Path> files = Files.walk(work)) {
          if (files.anyMatch(file -> file.getParent().endsWith(folderName))) {
            return;
          }
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("nothing in " + folderName + ": " + output(artifacts));
  }

  private RunRecord latest(String artifacts) throws IOException {
    return new RunHistory(ArtifactStores.open(folder.resolve(artifacts).toString()))
        .latest("toy")
        .orElseThrow();
  }

  private static TreeMap<String, String> digests(RunRecord record) {
    TreeMap<String, String> digests = new TreeMap<>();
    for (StageRecord stage : record.stages()) {
      digests.put(stage.name(), stage.contentDigest());
    }
    return digests;
  }

  @Test
  void killedRunContinuesAndEndsWithTheSameContent() throws Exception {
    String slow = "--set=count.millis=100";
    Process killed = start("killed", slow);
    awaitFile("killed", "receipts");
    killed.destroyForcibly().waitFor();
    assertEquals("running", latest("killed").status());
    assertTrue(ArtifactStores.open(folder.resolve("killed").toString()).manifests().isEmpty());

    Process continued = start("killed", slow);
    assertTrue(continued.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, continued.exitValue(), output("killed"));
    Process whole = start("whole", slow);
    assertTrue(whole.waitFor(60, TimeUnit.SECONDS));

    assertEquals("succeeded", latest("killed").status());
    assertEquals(digests(latest("whole")), digests(latest("killed")));
  }

  @Test
  void interruptedRunSavesSaysHowToContinueAndIsRecorded() throws Exception {
    Process interrupted = start("stopped", "--set=count.millis=300");
    awaitFile("stopped", "progress");
    new ProcessBuilder("kill", "-INT", Long.toString(interrupted.pid())).start().waitFor();

    assertTrue(interrupted.waitFor(40, TimeUnit.SECONDS), output("stopped"));
    assertEquals(CommandLine.INTERRUPTED, interrupted.exitValue(), output("stopped"));
    assertTrue(output("stopped").contains("Stopped; the same command continues"));
    assertEquals("interrupted", latest("stopped").status());
  }
}
