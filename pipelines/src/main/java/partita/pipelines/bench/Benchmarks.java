package partita.pipelines.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.NearestName;

/** All benchmarks, and a run of some of them. */
public final class Benchmarks {
  private static final List<Benchmark> MEASURED =
      List.of(
          new KnnBenchmark(),
          new KMeansBenchmark(),
          new SqrtmBenchmark(),
          new FidBenchmark(),
          new PrdcBenchmark(),
          new InceptionBenchmark(),
          new DecodeBenchmark(),
          new BigGanBenchmark(),
          new MlpBenchmark(),
          new IngestBenchmark(),
          new SamplingBenchmark(),
          new StoreBenchmark(true),
          new StoreBenchmark(false));

  /** Measured for another row alone. */
  private static final List<Workload> PARTS =
      List.of(new JpegWorkload(), new EmbedWorkload(), new PenaltyWorkload());

  /** Takes long and judges no speed, so it is measured when named alone. */
  private static final Row SCALE = new ScaleRow();

  private static final List<Row> ROWS =
      Stream.concat(
              MEASURED.stream().<Row>map(ComparedRow::new),
              Stream.<Row>of(
                  new MemoryRow(), new RerunRow(), new StageRow(), new ParallelismRow(), SCALE))
          .toList();

  private Benchmarks() {}

  /** Names of all rows, in the order of the table. */
  public static List<String> names() {
    return ROWS.stream().map(Row::name).toList();
  }

  /** What a measuring process was started for. */
  static Workload measured(String name) {
    return Stream.<Workload>concat(MEASURED.stream(), PARTS.stream())
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown("benchmark", name, names()));
  }

  private static List<Row> rows(List<String> only) {
    for (String name : only) {
      if (!names().contains(name)) {
        throw NearestName.unknown("benchmark", name, names());
      }
    }
    return ROWS.stream()
        .filter(row -> only.isEmpty() ? row != SCALE : only.contains(row.name()))
        .toList();
  }

  /**
   * Measures rows one after the other.
   *
   * @param only names of the rows; all of them but {@code scale} when empty
   * @param progress is told what is being measured
   * @throws BadInputException before anything is measured, when a name is unknown or the machine
   *     lacks a peer or a data set; names all that is missing
   */
  public static BenchReport run(
      List<String> only, BenchSettings settings, Consumer<String> progress)
      throws IOException, InterruptedException {
    List<Row> rows = rows(only);
    try (TemporaryFolder folder = TemporaryFolder.create()) {
      Bench bench = new Bench(settings, folder.path(), progress);
      List<String> missing = new ArrayList<>();
      for (Row row : rows) {
        missing.addAll(row.missing(bench));
      }
      if (!missing.isEmpty()) {
        throw new BadInputException(
            String.join(System.lineSeparator(), missing.stream().distinct().toList()));
      }
      String started = BenchReport.now();
      List<BenchResult> results = new ArrayList<>();
      for (Row row : rows) {
        results.add(row.run(bench));
      }
      return BenchReport.of(started, settings, bench.peak(), results);
    }
  }
}
