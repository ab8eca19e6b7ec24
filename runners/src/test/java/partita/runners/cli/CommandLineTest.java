package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line over a toy experiment. */
class CommandLineTest {
  @TempDir private Path folder;
  private ToyTerminal terminal;

  @BeforeEach
  void openTerminal() {
    terminal = new ToyTerminal(folder);
  }

  private int run(String... words) {
    return terminal.run(words);
  }

  private String out() {
    return terminal.out();
  }

  private String err() {
    return terminal.err();
  }

  @Test
  void planIsStaleBeforeTheRunAndNotAfterIt() {
    assertEquals(CommandLine.STALE, run("plan", "--exitCode"));
    assertTrue(out().contains("count  will run   first time"), out());

    assertEquals(CommandLine.OK, run("run", "--runner", "DirectRunner"));
    assertTrue(out().contains("[1/2] count: done in"), out());
    assertTrue(out().contains("2 stages ran"), out());
    String report = out().lines().filter(line -> line.startsWith("Report: ")).findFirst().get();

    assertEquals(CommandLine.OK, run("plan", "--exitCode"));
    assertTrue(out().contains("Nothing to do: 2 stages are up to date"), out());
    assertEquals(CommandLine.OK, run("--runner=DirectRunner"));
    assertTrue(out().startsWith("Nothing to do: 2 stages are up to date"), out());
    assertTrue(out().contains(report), "the report that has something to tell: " + out());
  }

  @Test
  void embeddedFlinkRunsTheStagesAndLeavesNoFilesBehind() throws IOException {
    assertEquals(CommandLine.OK, run("--runner=FlinkRunner", "--parallelism=2"), this::err);

    assertTrue(out().contains("2 stages ran"), out());
    assertEquals("", err());
    try (Stream<Path> left = Files.walk(folder.resolve("artifacts/tmp"))) {
      assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void failureOnFlinkIsOneLineThatNamesStageAndCause() {
    assertEquals(CommandLine.FAILED, run("--set=count.failAt=2", "--parallelism=1"));

    List<String> lines = err().lines().toList();
    assertTrue(lines.get(0).matches("Stage count, shard \\d of 4: Cannot count past 2"), err());
    assertFalse(err().contains("\tat "), err());
  }

  @Test
  void unknownOptionIsAnsweredWithTheNearest() {
    assertEquals(CommandLine.BAD_INPUT, run("--experimnt=toy"));
    assertEquals(
        "Cannot use option --experimnt: it does not exist; did you mean --experiment?"
            + " (--help lists them)\n",
        err());
  }

  @Test
  void beamOptionsAreAcceptedAndTheirMistakesAnsweredToo() {
    assertEquals(CommandLine.OK, run("plan", "--maxBundleSize=10"));
    assertEquals(CommandLine.BAD_INPUT, run("plan", "--maxBundlSize=10"));
    assertTrue(err().contains("did you mean --maxBundleSize?"), err());
  }

  @Test
  void unknownCommandExperimentStageAndDeviceAreAnsweredWithTheNearest() {
    assertEquals(CommandLine.BAD_INPUT, run("stauts"));
    assertTrue(err().contains("did you mean 'status'?"), err());
    assertEquals(CommandLine.BAD_INPUT, run("--experiment=tyo"));
    assertTrue(err().contains("did you mean 'toy'?"), err());
    assertEquals(CommandLine.BAD_INPUT, run("plan", "--only=cuont"));
    assertTrue(err().contains("did you mean 'count'?"), err());
    assertEquals(CommandLine.BAD_INPUT, run("--device=cdua"));
    assertTrue(err().contains("did you mean 'cuda'?"), err());
    assertTrue(Files.notExists(folder.resolve("artifacts")), "a mistake left folders behind");
  }

  @Test
  void whatOnlyLooksMakesNoStoreInAMisspelledFolder() {
    assertEquals(CommandLine.OK, run("plan"));
    assertEquals(CommandLine.OK, run("status"));
    assertEquals(CommandLine.BAD_INPUT, run("report"));
    assertEquals(CommandLine.BAD_INPUT, run("export", "toy:count", "--to=" + folder));
    assertTrue(Files.notExists(folder.resolve("artifacts")));
  }

  @Test
  void badValuesAreAnsweredWithWhatIsExpected() {
    assertEquals(CommandLine.BAD_INPUT, run("--threads=none"));
    assertEquals("Cannot use --threads=none: expected a whole number above 0\n", err());
    assertEquals(CommandLine.BAD_INPUT, run("--onBadImage=ignore"));
    assertEquals("Cannot use --onBadImage=ignore: expected fail or skip\n", err());
    assertEquals(CommandLine.BAD_INPUT, run("--from"));
  }

  @Test
  void jsonThatCannotBeWrittenIsRefusedBeforeAnythingRuns() {
    assertEquals(CommandLine.BAD_INPUT, run("--json=/nowhere/run.json"));
    assertEquals(
        "Cannot write --json=/nowhere/run.json: expected a file in a folder that exists\n", err());
    assertEquals("", out());
  }

  @Test
  void planAsJsonNamesStatesAndReasons() throws IOException {
    assertEquals(CommandLine.OK, run("plan", "--json"));
    JsonNode plan = new ObjectMapper().readTree(out());
    assertEquals("WILL_RUN", plan.path("stages").get(0).path("state").asText());
    assertEquals("first time", plan.path("stages").get(0).path("reason").asText());
    assertEquals("count", plan.path("stages").get(1).path("inputs").get(0).asText());
  }

  @Test
  void statusShowsTheLatestRun() {
    assertEquals(CommandLine.OK, run("status"));
    assertTrue(out().contains("toy has not been run"), out());
    run("--runner=DirectRunner");
    assertEquals(CommandLine.OK, run("status"));
    assertTrue(out().contains("succeeded"), out());
    assertTrue(out().contains("count  ran"), out());
  }

  @Test
  void artifactRootThatCannotBeUsedIsOneLine() throws IOException {
    Path root = Files.writeString(folder.resolve("artifacts"), "a file");
    assertEquals(CommandLine.BAD_INPUT, run("plan"));
    assertTrue(err().contains(root.toString()), err());
    assertEquals(1, err().lines().count(), err());

    Files.delete(root);
    Files.createDirectory(root);
    Files.writeString(root.resolve("store.json"), "{\"storeVersion\": 99}");
    assertEquals(CommandLine.BAD_INPUT, run("plan"));
    assertTrue(err().contains("99"), err());
    assertEquals(1, err().lines().count(), err());
  }

  @Test
  void forcedStageIsPlannedAndItsDependentDepends() {
    run("--runner=DirectRunner");

    assertEquals(CommandLine.STALE, run("plan", "--force=count", "--exitCode"));
    assertTrue(out().contains("count  will run   forced (last time"), out());
    assertTrue(out().contains("sum    depends    runs if count comes out different"), out());
  }

  @Test
  void helpFitsAScreen() {
    assertEquals(CommandLine.OK, run("--help"));
    assertTrue(out().lines().count() <= 40, out());
    assertTrue(out().contains("--experiment=NAME"), out());
  }

  @Test
  void helpOfACommandHasItsOptionsAlone() {
    assertEquals(CommandLine.OK, run("reproduce", "--help"));
    assertTrue(out().contains("--trials=N"), out());
    assertFalse(out().contains("--experiment"), out());
    assertEquals(CommandLine.OK, run("bench", "--help"));
    assertTrue(out().contains("--repeats=N"), out());
  }
}
