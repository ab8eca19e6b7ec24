package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code bench} with peers that only pretend. */
class BenchCommandTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int bench(String... words) {
    ToyExperiments toy = new ToyExperiments();
    List<String> all = new ArrayList<>(List.of("bench", "--threads=1", "--repeats=1"));
    all.addAll(List.of(words));
    all.add("--artifacts=" + folder.resolve("artifacts"));
    PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    return new CommandLine(toy, toy, "RunPipeline", print, errors).run(all);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** An interpreter that answers each script with one line. */
  private String python(String script) throws IOException {
    Path python = folder.resolve("python");
    Files.writeString(python, "#!/bin/sh\n" + script + "\n");
    assertTrue(python.toFile().setExecutable(true));
    return "--python=" + python;
  }

  @Test
  void aReducedRunPrintsATableKeepsTheFiguresAndJudgesNothing() throws IOException {
    String python = python("echo '{\"median_s\": 0.001, \"version\": \"0.0\"}'");
    int code = bench("--only=biggan-step", "--scale=0.001", python);
    assertEquals(CommandLine.OK, code, this::err);

    assertTrue(out().contains("at 0.001 of the full size"), out());
    assertTrue(out().lines().anyMatch(line -> line.matches("biggan-step .* not judged .*")), out());
    assertTrue(out().contains("peer: PyTorch eager 0.0"), out());
    try (Stream<Path> kept = Files.list(folder.resolve("artifacts/bench"))) {
      JsonNode report = new ObjectMapper().readTree(kept.findFirst().orElseThrow().toFile());
      JsonNode result = report.at("/results/0");
      assertEquals("biggan-step", result.path("name").asText());
      assertEquals("REDUCED", result.path("verdict").asText());
      assertEquals(0.001, result.at("/peer/median").asDouble());
      assertTrue(result.path("reached").asDouble() > 1, "a step takes more than a millisecond");
      assertTrue(report.at("/peak/singleFlops").asDouble() > 0);
    }
  }

  @Test
  void aRatioThatGotWorseThanInAnEarlierReportIsAnError() throws IOException {
    String python = python("echo '{\"median_s\": 0.001, \"version\": \"0.0\"}'");
    Path earlier = folder.resolve("earlier.json");
    String[] words = {"--only=biggan-step", "--scale=0.001", python};
    assertEquals(CommandLine.OK, bench(words[0], words[1], words[2], "--json=" + earlier));
    String kept = Files.readString(earlier);
    Files.writeString(earlier, kept.replaceFirst("\"reached\" : [\\d.]+", "\"reached\" : 1e-6"));

    int worse = bench(words[0], words[1], words[2], "--against=" + earlier);

    assertEquals(CommandLine.FAILED, worse);
    assertTrue(err().contains("biggan-step: was 0.00x, now "), err());
    Files.writeString(earlier, kept.replaceFirst("\"reached\" : [\\d.]+", "\"reached\" : 1e6"));
    assertEquals(
        CommandLine.OK, bench(words[0], words[1], words[2], "--against=" + earlier), this::err);

    err.reset();
    int other = bench(words[0], "--scale=0.01", words[2], "--against=" + earlier);
    assertEquals(CommandLine.BAD_INPUT, other);
    assertEquals(
        "Cannot compare: the earlier run had --threads=1 --scale=0.001, found --threads=1 --scale=0.01\n",
        err());
  }

  @Test
  void aPeerThatIsMissingEndsBeforeAnythingIsMeasured() throws IOException {
    assertEquals(CommandLine.BAD_INPUT, bench("--only=knn,sqrtm", python("exit 1")));
    assertEquals(
        List.of(
            "Cannot measure knn: %s has no module faiss; install it with 'apt install python3-faiss', or name another interpreter by --python",
            "Cannot measure sqrtm: %s has no module scipy; install it with 'apt install python3-scipy', or name another interpreter by --python"),
        err()
            .lines()
            .map(line -> line.replace(folder.resolve("python").toString(), "%s"))
            .toList());

    err.reset();
    assertEquals(CommandLine.BAD_INPUT, bench("--only=knn", "--python=" + folder.resolve("none")));
    assertTrue(err().contains("there is no interpreter"), err());
    assertTrue(err().contains("apt install python3 python3-faiss"), err());
  }

  @Test
  void aPeerThatFailsIsNamedWithItsLastWords() throws IOException {
    String python = python("[ \"$1\" = -c ] || { echo 'MemoryError' >&2; exit 3; }");
    assertEquals(CommandLine.FAILED, bench("--only=knn", "--scale=0.01", python));
    assertTrue(
        err().contains("Cannot measure faiss: its process ended with code 3, expected 0"), err());
    assertTrue(err().contains("MemoryError"), err());
  }

  @Test
  void wrongWordsNameTheValidOnes() {
    assertEquals(CommandLine.BAD_INPUT, bench("--only=kmean"));
    assertTrue(err().startsWith("Cannot use benchmark 'kmean'"), err());
    assertTrue(err().contains("did you mean 'kmeans'?"), err());

    err.reset();
    assertEquals(CommandLine.BAD_INPUT, bench("--scale=2"));
    assertEquals("Cannot use --scale=2: expected a number above 0, at most 1\n", err());
  }

  @Test
  void anOptionOfAnotherCommandIsRefusedInsteadOfIgnored() {
    assertEquals(CommandLine.BAD_INPUT, bench("--set=neighbors.k=3", "--flinkMaster=host:8081"));
    assertTrue(
        err().startsWith("Cannot use --set, --flinkMaster=host:8081 with bench: expected only"),
        err());
    assertTrue(err().contains("--repeats, --scale, --python"), err());

    err.reset();
    ToyExperiments toy = new ToyExperiments();
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    int code =
        new CommandLine(toy, toy, ToyMain.class.getName(), errors, errors)
            .run(List.of("plan", "--scale=0.1"));
    assertEquals(CommandLine.BAD_INPUT, code);
    assertTrue(err().startsWith("Cannot use --scale with plan: expected only"), err());
  }

  @Test
  void aPeerThatPrintsNoMeasurementIsNamed() throws IOException {
    String python = python("echo 'Illegal instruction'");
    assertEquals(CommandLine.FAILED, bench("--only=knn", "--scale=0.01", python));
    assertTrue(
        err()
            .contains("Cannot measure faiss: Cannot read a measurement from 'Illegal instruction'"),
        err());
  }
}
