package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code reproduce} over a toy table; trials are processes of their own. */
class ReproduceCommandTest {
  private static final String TABLE =
      """
      title: How well it counts
      paper: {citation: 'Nobody, Counting, 1999', table: Table 7}
      trial: a training
      error: standard error of the mean over trials
      trials: {paper: 10, minimum: 2}
      firstSeed: 1
      protocol: all points
      groups:
        ring:
          title: Ring
          experiment: toy
          steps: 10
          samples: 100
          columns:
            modes: {title: Modes, metric: modes, better: higher, tolerance: {absolute: 0.1, errors: 1}}
            quality: {title: Quality, metric: quality, better: higher, tolerance: {errors: 2}}
      rows:
        plain:
          title: Plain
          groups:
            ring: {paper: {modes: 1.0 ± 0.5, quality: 80.0 ± 0.2}}
        broken:
          title: Broken
          set: [failAt=2]
          groups:
            ring: {paper: {modes: 1.0 ± 0.5, quality: 90.0 ± 0.2}}
        lost:
          title: Lost
          set: [lost=1]
          groups:
            ring: {paper: {modes: 1.0 ± 0.5, quality: 90.0 ± 0.2}}
      """;

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private String table() throws IOException {
    return "--table=" + Files.writeString(folder.resolve("toys.yaml"), TABLE);
  }

  private List<String> words(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("reproduce", "--runner=DirectRunner"));
    all.addAll(List.of(words));
    if (Stream.of(words).noneMatch(word -> word.startsWith("--table"))) {
      all.add(table());
    }
    all.add("--artifacts=" + folder.resolve("artifacts"));
    return all;
  }

  private int reproduce(String... words) throws IOException {
    out.reset();
    err.reset();
    ToyTrials toy = new ToyTrials();
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new CommandLine(toy, toy, ToyTrials.class.getName(), print, errors).run(words(words));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Forks a JVM for each of four trials, two at a time: most of its seconds are their start. */
  @Test
  void aFailedTrialIsToldInItsCellAndTakesNothingFromTheOthers() throws IOException {
    assertEquals(CommandLine.FAILED, reproduce("--trials=2", "--sideBySide=2"), this::err);

    assertTrue(out().contains("broken ring, trial 2: failed after"), out());
    assertTrue(out().contains("Cannot train with seed 2 (exit code 1, log "), out());
    assertTrue(out().contains("Lost, Ring: lacks: Cannot find toys"), out());
    assertTrue(
        out()
            .contains(
                "Plain, Ring, Quality: 90.00 ± 0.00, the paper 80.0 ± 0.2:"
                    + " 10.00 more (better), 50.0 times the paper's error; allowed 0.40"),
        out());
    Path page = Path.of(lineAfter("Kept in "));
    JsonNode results = new ObjectMapper().readTree(page.resolveSibling("table.json").toFile());
    JsonNode plain = results.at("/results/0");
    assertEquals("reproduced", plain.at("/figures/0/verdict").asText(), results::toString);
    assertEquals(1.5, plain.at("/figures/0/ours").asDouble());
    assertEquals(0.5, plain.at("/figures/0/oursError").asDouble());
    assertEquals("deviates", plain.at("/figures/1/verdict").asText());
    assertEquals(99.4, plain.at("/trials/0/ceiling/quality").asDouble());
    JsonNode broken = results.at("/results/1");
    assertEquals("failed", broken.at("/figures/0/verdict").asText());
    assertEquals(1.0, broken.at("/figures/0/ours").asDouble(), "of the trial that ended");

    String html = Files.readString(page);
    String report = plain.at("/trials/0/report").asText();
    assertTrue(Files.isRegularFile(Path.of(report)), report);
    assertTrue(html.contains("href=\"../../../runs/"), "a link to the report of the run");
    assertTrue(
        Files.readString(page.resolveSibling("table.md"))
            .contains("| Plain | paper | 1.0 ± 0.5 | 80.0 ± 0.2 |"),
        "Markdown");

    List<Path> manifests;
    try (Stream<Path> listed = Files.list(folder.resolve("artifacts/manifests"))) {
      manifests = listed.toList();
    }
    FileTime lastMonth = FileTime.from(Instant.now().minus(Duration.ofDays(30)));
    for (Path manifest : manifests) {
      Files.setLastModifiedTime(manifest, lastMonth);
    }
    int code = reproduce("--trials=2", "--rows=plain", "--json");
    assertEquals(CommandLine.OK, code, this::err);
    assertTrue(err().contains("0 of 2 trials to run"), "cached trials are not run again: " + err());
    assertEquals(plain, new ObjectMapper().readTree(out()).at("/results/0"));
    int used = 0;
    for (Path manifest : manifests) {
      used += Files.getLastModifiedTime(manifest).compareTo(lastMonth) > 0 ? 1 : 0;
    }
    assertTrue(0 < used && used < manifests.size(), "used " + used + ": the row's trials' only");
    assertWorseFiguresFail(page.resolveSibling("table.json"));
  }

  private void assertWorseFiguresFail(Path earlier) throws IOException {
    assertEquals(CommandLine.OK, again(earlier), this::err);
    assertTrue(
        err().endsWith("2 figures compared with %s: none is worse\n".formatted(earlier)), err());

    String kept = Files.readString(earlier);
    Path better = folder.resolve("better.json");
    Files.writeString(better, kept.replace("\"ours\" : 90.0", "\"ours\" : 92.0"));
    assertEquals(CommandLine.FAILED, again(better));
    assertTrue(
        err().contains("quality: was 92.00, now 90.00, worse by more than the tolerance 0.40"),
        err());

    Files.writeString(better, kept.replace("\"deviates\"", "\"reproduced\""));
    assertEquals(CommandLine.FAILED, again(better));
    assertTrue(err().contains("plain, ring, quality: was reproduced, now deviates"), err());

    Files.writeString(better, kept.replaceAll("\"steps\" : \\d+", "\"steps\" : 123"));
    assertEquals(CommandLine.FAILED, again(better));
    assertTrue(err().contains("which do not compare"), err());

    Files.writeString(better, kept.replaceFirst("\"table\" : \".*\"", "\"table\" : \"other/1\""));
    assertEquals(CommandLine.BAD_INPUT, again(better));
    assertEquals(
        "Cannot compare with %s: it is of other/1; expected what reproduce --table=... --json=FILE wrote of this table\n"
            .formatted(better),
        err());
  }

  private int again(Path earlier) throws IOException {
    return reproduce("--trials=2", "--rows=plain", "--against=" + earlier);
  }

  private String lineAfter(String start) {
    return out()
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError(out()))
        .substring(start.length());
  }

  @Test
  void aPlanSaysWhatWouldRunAndWhatEachRowLacksAndRunsNothing() throws IOException {
    assertEquals(CommandLine.OK, reproduce("--plan", "--trials=1"), this::err);
    assertTrue(
        out().contains("plain ring   1 trial of 10 steps, 0 done; not the paper's: 1 of 2 trials"),
        out());
    assertTrue(out().contains("lost ring    lacks: Cannot find toys"), out());
    assertTrue(out().contains("2 of 2 trials to run; 1 of 3 rows lack something"), out());
    assertFalse(Files.exists(folder.resolve("artifacts/reproductions")), "nothing is written");
  }

  /** Forks a JVM that forks another, and waits until the inner one has begun to train. */
  @Test
  void interruptedReproductionLetsTrialsSaveAndContinues() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), ToyTrials.class.getName()));
    command.addAll(words("--rows=plain", "--set=millis=2000"));
    Path printed = folder.resolve("printed.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      awaitProgress(printed);
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> read(printed));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    assertTrue(read(printed).contains("the same command continues"), read(printed));
    assertTrue(trialLog().contains("the same command continues"), trialLog());
  }

  private void awaitProgress(Path printed) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(300));
    Path work = folder.resolve("artifacts/work");
    while (Instant.now().isBefore(end)) {
      if (Files.isDirectory(work)) {
        try (Stream<Path> files = Files.walk(work)) {
          if (files.anyMatch(file -> file.getParent().endsWith("progress"))) {
            return;
          }
        }
      }
      Thread.sleep(50);
    }
    throw new AssertionError("no trial began: " + read(printed));
  }

  private String trialLog() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("artifacts/reproductions"))) {
      return read(files.filter(file -> file.endsWith("plain-ring-1.log")).findFirst().get());
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void wrongWordsEndBeforeAnythingRuns() throws IOException {
    refused("Cannot use table 'self-conditoned/1'", "--table=self-conditoned/1");
    refused("did you mean 'plain'?", "--rows=plane");
    refused("did you mean 'ring/modes'?", "--columns=ring/mods");
    refused("Cannot use --trials=0: expected a whole number above 0", "--trials=0");
    refused("each trial has a seed of its own", "--set=seed=3");
    refused("Row plain ring: Cannot use key 'bnous'", "--set=bnous=3");
    refused("there is no such file", "--table=/nowhere/toys.yaml");
    refused("Cannot use --only with reproduce", "--only=train");
    refused("expected a file in a folder that exists", "--markdown=/nowhere/table.md");
    refused("there is no outcome to write", "--markdown=table.md", "--plan");
    refused("Cannot use --table with run", "run", "--table=toys");
  }

  private void refused(String message, String... words) throws IOException {
    List<String> given = new ArrayList<>(List.of(words));
    int code =
        given.get(0).equals("run")
            ? new CommandLine(
                    new ToyTrials(),
                    new ToyTrials(),
                    ToyTrials.class.getName(),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(given)
            : reproduce(words);
    assertEquals(CommandLine.BAD_INPUT, code, err());
    assertTrue(err().contains(message), err());
    assertFalse(Files.exists(folder.resolve("artifacts/reproductions")), "nothing ran");
  }

  @Test
  void aTableIsAskedFor() {
    ToyTrials toy = new ToyTrials();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code = new CommandLine(toy, toy, "Toy", errors, errors).run(List.of("reproduce"));
    assertEquals(CommandLine.BAD_INPUT, code);
    assertEquals(
        "Cannot reproduce without a table: expected --table=NAME, as --table=self-conditioned/1\n",
        err());
  }
}
