package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;

/**
 * What a stage costs on embedded Flink beyond its work: the seconds of stages that have next to
 * none, from their turn to their commit.
 */
final class StageRow implements Row {
  private static final Target MOST = Target.seconds(2.5);

  @Override
  public String name() {
    return "stage";
  }

  @Override
  public List<String> missing(Bench bench) {
    return List.of();
  }

  @Override
  public BenchResult run(Bench bench) throws IOException, InterruptedException {
    try (TemporaryFolder store = TemporaryFolder.in(bench.folder())) {
      double whole = new HundredStages(bench, store.path()).run("stage: the only run");
      List<Measurement> stages =
          stages(store.path()).stream()
              .map(stage -> new Measurement(stage.seconds(), 0, 0, whole, "", Map.of()))
              .toList();
      Series ours = Series.of(stages, Measurement::seconds);
      return new BenchResult(
          name(),
          "a stage with next to nothing to do on embedded Flink, of n in one run",
          Map.of("n", stages.size()),
          1,
          ours,
          null,
          "",
          ours.median(),
          MOST.unit(),
          MOST.text(),
          Verdict.of(MOST.met(ours.median()), Answer.NONE, true),
          Map.of("run", whole),
          List.of(
              String.format(
                  Locale.ROOT,
                  "the median is judged; the slowest, which starts Flink, took %.2f s, and all of them %.1f s",
                  ours.max(),
                  whole)),
          stages,
          List.of());
    }
  }

  private static List<StageRecord> stages(Path store) throws IOException {
    try (Stream<Path> runs = Files.list(store.resolve("runs"))) {
      return RunRecord.read(runs.findFirst().orElseThrow()).stages();
    }
  }
}
