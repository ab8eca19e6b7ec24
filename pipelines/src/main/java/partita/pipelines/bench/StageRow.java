package partita.pipelines.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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
      HundredStages experiment = new HundredStages(bench, store.path());
      double whole = experiment.run("stage: the only run");
      List<Measurement> stages =
          experiment.latest().stages().stream()
              .map(stage -> new Measurement(stage.seconds(), 0, 0, whole, "", Map.of()))
              .toList();
      Series ours = Series.of(stages, Measurement::seconds);
      return BenchResult.alone(
          name(),
          "a stage with next to nothing to do on embedded Flink, of n in one run",
          Map.of("n", stages.size()),
          1,
          stages,
          ours.median(),
          MOST,
          true,
          Map.of("run", whole),
          List.of(
              String.format(
                  Locale.ROOT,
                  "the median is judged; the slowest, which starts Flink, took %.2f s, and all of them %.1f s",
                  ours.max(),
                  whole)));
    }
  }
}
