package partita.runners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.report.RunReport;
import partita.pipelines.system.Systems;
import partita.runners.cli.CommandLine;

/** Rounds of clustering and training on points, as a user runs them, at the smallest size. */
class SelfConditionedMiniatureTest {
  private static final List<String> MINIATURE =
      List.of(
          "--experiment=self-conditioned/ring2d",
          "--runner=DirectRunner",
          "--threads=1",
          "--set=dataset.train=300",
          "--set=dataset.validation=100",
          "--set=network.generatorWidth=8",
          "--set=network.discriminatorWidth=8",
          "--set=cluster.count=8",
          "--set=cluster.every=2",
          "--set=cluster.subset=200",
          "--set=cluster.restarts=2",
          "--set=train.segmentSteps=2",
          "--set=train.warmupSteps=2",
          "--set=train.batchSize=10",
          "--set=sample.count=100",
          "--set=evaluate.checkpoints=1");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir Path folder;

  @Test
  void trainingLongerGoesOnFromWhatIsThereToTheSameBits() throws IOException {
    Path whole = folder.resolve("whole");
    assertEquals(CommandLine.OK, run(whole, "train.steps=4"), this::text);
    Path longer = folder.resolve("longer");
    assertEquals(CommandLine.OK, run(longer, "train.steps=2"), this::text);
    assertEquals(CommandLine.OK, run(longer, "train.steps=4"), this::text);
    assertTrue(text().contains("up to date"), text());
    assertEquals(digests(whole), digests(longer));
    assertTrue(
        Files.readString(runs(whole).get(0).resolve("report.html")).contains("high-quality(box)"),
        "metrics are in the report");
  }

  /** The online variant needs a segment after its warm-up. */
  @ParameterizedTest
  @CsvSource({"online, 4", "random-labels, 2", "class, 2", "gan, 2", "mgan, 2"})
  void everyMethodOfTheTableRuns(String method, int steps) throws IOException {
    Path root = folder.resolve(method);
    assertEquals(
        CommandLine.OK, run(root, "train.steps=" + steps, "train.method=" + method), this::text);
  }

  private int run(Path root, String... overrides) {
    List<String> arguments = new ArrayList<>(MINIATURE);
    arguments.add("--artifacts=" + root);
    for (String override : overrides) {
      arguments.add("--set=" + override);
    }
    out.reset();
    try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
      return new CommandLine(
              new Systems(print::println), new RunReport(), "RunPipeline", print, print)
          .run(arguments);
    }
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Content digests of the latest run, by stage. */
  private static Map<String, String> digests(Path root) throws IOException {
    List<Path> runs = runs(root);
    Map<String, String> digests = new TreeMap<>();
    RunRecord.read(runs.get(runs.size() - 1))
        .stages()
        .forEach(stage -> digests.put(stage.name(), stage.contentDigest()));
    return digests;
  }

  private static List<Path> runs(Path root) throws IOException {
    try (Stream<Path> runs = Files.list(root.resolve("runs"))) {
      return runs.sorted().toList();
    }
  }
}
