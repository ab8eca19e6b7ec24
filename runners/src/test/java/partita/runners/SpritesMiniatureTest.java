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
import partita.pipelines.dag.RunRecord;
import partita.pipelines.report.RunReport;
import partita.pipelines.system.Systems;
import partita.runners.cli.CommandLine;

/** IC-GAN from generated images to a report, as a user runs it, at the smallest size that works. */
class SpritesMiniatureTest {
  private static final List<String> MINIATURE =
      List.of(
          "--experiment=ic-gan/sprites-32",
          "--threads=1",
          "--parallelism=2",
          "--set=dataset.train=300",
          "--set=dataset.validation=60",
          "--set=embedding.epochs=1",
          "--set=embedding.width=4",
          "--set=embedding.featureWidth=16",
          "--set=neighbors.k=10",
          "--set=instances.count=10",
          "--set=network.channelMultiplier=2",
          "--set=train.steps=4",
          "--set=train.segmentSteps=4",
          "--set=train.batchSize=4",
          "--set=sample.count=100",
          "--set=sample.seeds=2");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir Path folder;

  @Test
  void embeddedFlinkAndDirectRunnerMakeTheSameArtifactsAndASecondRunMakesNone() throws IOException {
    Path flink = folder.resolve("flink");
    assertEquals(CommandLine.OK, run("--runner=FlinkRunner", "--artifacts=" + flink), this::text);
    RunRecord first = record(flink);
    assertEquals("succeeded", first.status());
    Path report = runs(flink).get(0).resolve("report.html");
    assertTrue(text().contains("Report: " + report), text());
    String page = Files.readString(report);
    assertTrue(page.contains("fid(sprites-classifier)"), "metrics are in the report");
    assertTrue(page.contains("data:image/png;base64,"), "pictures are in the report");

    assertEquals(CommandLine.OK, run("--runner=FlinkRunner", "--artifacts=" + flink), this::text);
    assertTrue(text().contains("Nothing to do"), text());

    Path direct = folder.resolve("direct");
    assertEquals(CommandLine.OK, run("--runner=DirectRunner", "--artifacts=" + direct), this::text);
    assertEquals(digests(first), digests(record(direct)));
  }

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(MINIATURE);
    arguments.addAll(List.of(more));
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

  private static Map<String, String> digests(RunRecord record) {
    Map<String, String> digests = new TreeMap<>();
    record.stages().forEach(stage -> digests.put(stage.name(), stage.contentDigest()));
    return digests;
  }

  private static RunRecord record(Path root) throws IOException {
    return RunRecord.read(runs(root).get(0));
  }

  private static List<Path> runs(Path root) throws IOException {
    try (Stream<Path> runs = Files.list(root.resolve("runs"))) {
      return runs.sorted().toList();
    }
  }
}
