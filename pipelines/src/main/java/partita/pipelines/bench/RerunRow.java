package partita.pipelines.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.StageStatus;

/** What a run costs that finds everything up to date: a process from its start to its end. */
final class RerunRow implements Row {
  private static final Target MOST = Target.seconds(2);

  @Override
  public String name() {
    return "rerun";
  }

  @Override
  public List<String> missing(Bench bench) {
    return List.of();
  }

  @Override
  public BenchResult run(Bench bench) throws IOException, InterruptedException {
    try (TemporaryFolder store = TemporaryFolder.in(bench.folder())) {
      HundredStages experiment = new HundredStages(bench, store.path());
      experiment.run("rerun: the first run");
      List<Measurement> runs = new ArrayList<>();
      for (int run = 1; run <= bench.settings().repeats(); run++) {
        double seconds =
            experiment.run("rerun: %d of %d".formatted(run, bench.settings().repeats()));
        requireNothingRan(experiment.latest());
        runs.add(new Measurement(seconds, 0, 0, seconds, "", Map.of()));
      }
      return BenchResult.alone(
          name(),
          "n stages that are all up to date, the start of the JVM included",
          Map.of("n", HundredStages.STAGES),
          1,
          runs,
          Series.of(runs, Measurement::seconds).median(),
          MOST,
          true,
          Map.of(),
          List.of());
    }
  }

  private static void requireNothingRan(RunRecord run) {
    if (run.stages().stream().anyMatch(stage -> stage.status() != StageStatus.CACHED)) {
      throw new IllegalStateException("Cannot measure a run with nothing to do: stages ran");
    }
  }
}
