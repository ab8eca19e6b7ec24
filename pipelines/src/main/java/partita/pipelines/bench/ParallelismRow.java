package partita.pipelines.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.process.ForkedJvm;

/**
 * The stages that embed and find neighbors, on embedded Flink at parallelism 1 and 2 with one
 * native thread, in fresh artifact stores: their content has to be the same, bit by bit.
 */
final class ParallelismRow implements Row {
  private static final List<String> STAGES =
      List.of("features", "neighbor-candidates", "neighbors");
  private static final int FULL_ROWS = 28_672;
  private static final int MOST_PAIRS = 3;

  /** Content digests and seconds of the compared stages in one run. */
  private record Run(Map<String, String> digests, Map<String, Double> seconds, double whole) {

    Measurement measurement() {
      double sum = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
      return new Measurement(sum, 0, 0, whole, "", seconds);
    }
  }

  @Override
  public String name() {
    return "parallelism";
  }

  @Override
  public List<String> missing(Bench bench) {
    return List.of();
  }

  @Override
  public BenchResult run(Bench bench) throws IOException, InterruptedException {
    int rows = (int) Math.max(8_192, FULL_ROWS * bench.settings().scale());
    int pairs = Math.min(MOST_PAIRS, bench.settings().repeats());
    List<Run> alone = new ArrayList<>();
    List<Run> sideBySide = new ArrayList<>();
    for (int pair = 1; pair <= pairs; pair++) {
      alone.add(run(bench, rows, 1, pair));
      sideBySide.add(run(bench, rows, 2, pair));
    }
    List<String> notes = new ArrayList<>();
    boolean same =
        Stream.concat(alone.stream(), sideBySide.stream()).map(Run::digests).distinct().count()
            == 1;
    notes.add(
        same
            ? "all three artifacts have the same digests at parallelism 1 and 2"
            : "the digests differ: " + alone.get(0).digests() + ", " + sideBySide.get(0).digests());
    List<Measurement> one = alone.stream().map(Run::measurement).toList();
    List<Measurement> two = sideBySide.stream().map(Run::measurement).toList();
    Map<String, Double> figures = new TreeMap<>();
    for (String stage : STAGES) {
      double before = Series.of(one, run -> run.value(stage)).median();
      double after = Series.of(two, run -> run.value(stage)).median();
      figures.put("speedup." + stage, before / after);
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %.1f s, then %.1f s: %.2f times as fast",
              stage,
              before,
              after,
              before / after));
    }
    Series ours = Series.of(two, Measurement::seconds);
    Series peer = Series.of(one, Measurement::seconds);
    return new BenchResult(
        name(),
        "embedding and k-NN stages of n images on embedded Flink, --parallelism=2 against 1",
        Map.of("n", rows),
        1,
        ours,
        peer,
        "--parallelism=1",
        ours.median() / peer.median(),
        "x",
        "same digests",
        same ? Verdict.MET : Verdict.WRONG,
        figures,
        notes,
        two,
        one);
  }

  private Run run(Bench bench, int rows, int parallelism, int pair)
      throws IOException, InterruptedException {
    Path store = bench.folder().resolve("parallelism-%d-%d".formatted(parallelism, pair));
    List<String> command =
        ForkedJvm.command(
            bench.folder(),
            bench.settings().mainClass(),
            List.of(
                "run",
                "--experiment=ic-gan/sprites-32",
                "--until=neighbors",
                "--runner=FlinkRunner",
                "--device=cpu",
                "--threads=1",
                "--parallelism=" + parallelism,
                "--artifacts=" + store,
                "--set=dataset.train=" + rows,
                "--set=dataset.validation=256",
                "--set=embedding.epochs=1",
                "--set=embedding.featureWidth=512"));
    double whole = bench.processes().succeed(name() + " " + parallelism, command).seconds();
    Run run = read(store, whole);
    bench.tell(
        String.format(
            Locale.ROOT,
            "parallelism: %d of pair %d took %.1f s in these stages",
            parallelism,
            pair,
            run.measurement().seconds()));
    try (TemporaryFolder done = TemporaryFolder.of(store)) {
      return run;
    }
  }

  private static Run read(Path store, double whole) throws IOException {
    try (Stream<Path> runs = Files.list(store.resolve("runs"))) {
      RunRecord record = RunRecord.read(runs.findFirst().orElseThrow());
      Map<String, String> digests = new TreeMap<>();
      Map<String, Double> seconds = new TreeMap<>();
      for (String name : STAGES) {
        StageRecord stage = record.stage(name).orElseThrow();
        digests.put(name, stage.contentDigest());
        seconds.put(name, stage.seconds());
      }
      return new Run(digests, seconds, whole);
    }
  }
}
