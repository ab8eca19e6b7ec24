package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.process.ForkedJvm;

/**
 * An experiment of 102 stages with next to nothing to do in each: a GAN of a few numbers on points,
 * clustered and scored every other step.
 *
 * @param bench runs its processes
 * @param store root of its artifacts
 */
record HundredStages(Bench bench, Path store) {
  static final int STAGES = 102;

  private static final List<String> SETTINGS =
      List.of(
          "dataset.train=1000",
          "dataset.validation=100",
          "network.embeddingWidth=4",
          "network.generatorWidth=8",
          "network.discriminatorWidth=8",
          "cluster.count=10",
          "cluster.every=2",
          "cluster.subset=100",
          "cluster.restarts=1",
          "cluster.iterations=2",
          "train.steps=48",
          "train.segmentSteps=2",
          "train.warmupSteps=2",
          "train.batchSize=10",
          "sample.count=100",
          "evaluate.checkpoints=1");

  /** Runs it, or finds all of it there, in a fresh JVM; seconds from its start to its end. */
  double run(String what) throws IOException, InterruptedException {
    List<String> words =
        new ArrayList<>(
            List.of(
                "run",
                "--experiment=self-conditioned/ring2d",
                "--runner=FlinkRunner",
                "--device=cpu",
                "--threads=1",
                "--artifacts=" + store));
    SETTINGS.forEach(setting -> words.add("--set=" + setting));
    List<String> command = ForkedJvm.command(bench.folder(), bench.settings().mainClass(), words);
    double seconds = bench.processes().succeed(what, command).seconds();
    bench.tell(String.format(Locale.ROOT, "%s took %.3f s", what, seconds));
    return seconds;
  }

  /** The record of the latest run. */
  RunRecord latest() throws IOException {
    try (Stream<Path> runs = Files.list(store.resolve("runs"))) {
      RunRecord record = RunRecord.read(runs.max(Comparator.naturalOrder()).orElseThrow());
      if (record.stages().size() != STAGES) {
        throw new IllegalStateException(
            "Cannot measure %d stages: the experiment has %d"
                .formatted(STAGES, record.stages().size()));
      }
      return record;
    }
  }
}
