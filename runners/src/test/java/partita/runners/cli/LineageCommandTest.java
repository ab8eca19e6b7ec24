package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.infra.lineage.LineageSender;
import partita.infra.lineage.LineageTarget;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.Selection;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;

/** The option {@code --lineage}. */
class LineageCommandTest {
  @TempDir private Path folder;
  private ToyTerminal terminal;
  private Path file;

  @BeforeEach
  void open() {
    terminal = new ToyTerminal(folder);
    file = folder.resolve("lineage.jsonl");
  }

  private int run(String... options) {
    List<String> words = new ArrayList<>(List.of("--runner=DirectRunner", "--parallelism=1"));
    words.addAll(List.of(options));
    return terminal.run(words);
  }

  /** Type and job of the events told so far, and the file emptied. */
  private List<String> told() throws IOException {
    List<String> told = new ArrayList<>();
    for (JsonNode event : events()) {
      told.add(event.path("eventType").asText() + " " + event.at("/job/name").asText());
    }
    Files.delete(file);
    return told;
  }

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  @Test
  void runTellsWhatRanAndListsWhatDidNot() throws IOException {
    assertEquals(CommandLine.OK, run("--lineage=" + file), terminal::err);
    JsonNode sum = events().get(4);
    assertTrue(sum.at("/inputs/0/name").asText().startsWith("count/"), sum::toString);
    assertEquals(
        List.of(
            "START toy",
            "START toy.count",
            "COMPLETE toy.count",
            "START toy.sum",
            "COMPLETE toy.sum",
            "COMPLETE toy"),
        told());

    assertEquals(CommandLine.FAILED, run("--lineage=" + file, "--set=count.failAt=3"));
    assertEquals(List.of("START toy", "START toy.count", "FAIL toy.count", "FAIL toy"), told());

    assertEquals(CommandLine.OK, run("--lineage=" + file), terminal::err);
    assertTrue(terminal.out().startsWith("Nothing to do"), terminal::out);
    JsonNode end = events().get(1);
    assertEquals("cached", end.at("/run/facets/partita_run/stages/sum/status").asText());
    assertEquals(List.of("START toy", "COMPLETE toy"), told());
  }

  @Test
  void runWithoutALastRecordFailed() throws IOException {
    List<String> warnings = new ArrayList<>();
    ArtifactStore store = ArtifactStores.open(folder.resolve("artifacts").toString());
    LineageSender sender = LineageSender.to(LineageTarget.parse(file.toString()), warnings::add);
    try (LineageListener lineage =
        new LineageListener(sender, store, RunRequest.of(Selection.ALL))) {
      lineage.planned("20260101-000000-000-abcd", folder, new Plan("toy", List.of()));
    }
    assertEquals(List.of(), warnings);
    assertEquals(
        "The run broke off", events().get(1).at("/run/facets/errorMessage/message").asText());
    assertEquals(List.of("START toy", "FAIL toy"), told());
  }

  @Test
  void deadServerIsAWarningAndItsPasswordIsNowhere() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertEquals(
        CommandLine.OK, run("--lineage", "http://me:hunter2@127.0.0.1:" + port), terminal::err);
    assertEquals(
        1,
        terminal.out().lines().filter(line -> line.startsWith("Cannot send lineage to ")).count(),
        terminal::out);
    assertFalse(terminal.out().contains("hunter2"), terminal::out);
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path written : walk.filter(Files::isRegularFile).toList()) {
        assertFalse(Files.readString(written).contains("hunter2"), written::toString);
      }
    }
  }

  @Test
  void targetThatCannotBeIsRefusedBeforeAnythingRuns() {
    for (String target : List.of("ftp://me:hunter2@host/x", folder + "/none/x", "")) {
      assertEquals(CommandLine.BAD_INPUT, run("--lineage=" + target));
      assertTrue(terminal.err().startsWith("Cannot send lineage to '"), terminal::err);
      assertEquals(1, terminal.err().lines().count(), terminal::err);
      assertFalse(terminal.err().contains("hunter2"), terminal::err);
    }
    assertEquals(CommandLine.BAD_INPUT, terminal.run("plan", "--lineage=x"));
    assertTrue(terminal.err().startsWith("Cannot use --lineage with plan"), terminal::err);
    assertFalse(Files.exists(folder.resolve("artifacts")));
  }
}
