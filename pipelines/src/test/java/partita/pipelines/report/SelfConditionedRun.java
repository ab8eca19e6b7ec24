package partita.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import partita.schemas.artifact.FileEntry;
import partita.schemas.table.AssignmentTable;
import partita.schemas.table.CentroidTable;
import partita.schemas.table.ConfidenceTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.MetricTable;
import partita.schemas.table.PointSampleTable;
import partita.schemas.table.PointTable;
import partita.schemas.table.ReconstructionErrorTable;
import partita.schemas.table.ReconstructionTable;
import partita.schemas.table.SampleTable;

/**
 * A run of a self-conditioned GAN in two rounds, as small as it can be: rows have the ids 100 and
 * up; a real point is (row, -row), a generated one at step S is (row, S); a real image is ten times
 * its row in gray, a generated one 200 and its row.
 */
final class SelfConditionedRun {
  private static final int ROWS = 5;

  /** Clusters of the rows by the first and by the second clustering. */
  private static final int[] FIRST = {1, 1, 1, 0, 0};

  private static final int[] SECOND = {1, 1, 1, 1, 0};

  private final SmallRun run;
  private final long firstAssigned;

  private SelfConditionedRun(Path root, long firstAssigned) throws IOException {
    run = SmallRun.empty(root);
    this.firstAssigned = firstAssigned;
  }

  /** A run on points, with figures and a ceiling. */
  static SmallRun onPoints(Path root) throws IOException {
    SelfConditionedRun made = new SelfConditionedRun(root, 100);
    float[] points = new float[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      points[2 * row] = row;
      points[2 * row + 1] = -row;
    }
    made.run.commit(
        "ingest",
        Map.of(),
        List.of(),
        made.run.table(
            "train/00000.arrow", PointTable.schema(), ROWS, ids(), new int[ROWS], points));
    made.rounds(true);
    made.figures("ceiling", "real-points, grid, 4 points", 25, 4, 0);
    made.summary();
    return made.run;
  }

  /**
   * A run on images.
   *
   * @param firstAssigned id of the first row that has a cluster; that of the first image is 100
   */
  static SmallRun onImages(Path root, long firstAssigned) throws IOException {
    SelfConditionedRun made = new SelfConditionedRun(root, firstAssigned);
    made.run.commit(
        "ingest",
        Map.of(),
        List.of(),
        made.run.table(
            "train/00000.arrow",
            ImageTable.schema(1, 1, 1),
            ROWS,
            ids(),
            new int[ROWS],
            new byte[] {0, 10, 20, 30, 40}));
    made.rounds(false);
    return made.run;
  }

  /** A run on images with two of its samples ranked, and two of its images reconstructed. */
  static SmallRun withFigures(Path root) throws IOException {
    SmallRun run = onImages(root, 100);
    run.commit(
        "rank@2500.0",
        Map.of(),
        List.of("sample@2500.0"),
        run.table(
            "confidences/00000.arrow",
            ConfidenceTable.schema(),
            3,
            new int[] {0, 0, 999},
            new int[] {0, 1, 0},
            new long[] {2, 0, 1},
            new double[] {0.75, 0.5, 0.25}));
    run.commit(
        "reconstruct@2500",
        Map.of(),
        List.of("train@2500"),
        run.table(
            "real/00000.arrow",
            ImageTable.schema(1, 1, 1),
            2,
            new long[] {101, 103},
            new int[2],
            new byte[] {10, 30}),
        reconstructions("encoded", run, (byte) 50),
        reconstructions("optimized", run, (byte) 20));
    double[] unknown = {Double.NaN, Double.NaN};
    run.commit(
        "score-reconstructions@2500",
        Map.of(),
        List.of("reconstruct@2500"),
        run.table(
            "errors/00000.arrow",
            ReconstructionErrorTable.schema(),
            2,
            new long[] {101, 103},
            new double[] {0.5, 0.25},
            new double[] {0.125, 0.375},
            unknown,
            unknown));
    return run;
  }

  private static FileEntry reconstructions(String role, SmallRun run, byte gray)
      throws IOException {
    return run.table(
        role + "/00000.arrow",
        ReconstructionTable.schema(1, 1, 1, 1),
        2,
        new long[] {101, 103},
        new int[] {1, 0},
        new float[2],
        new float[2],
        new byte[] {gray, gray});
  }

  private void rounds(boolean points) throws IOException {
    run.nextParameters(training("RandomLabels", 0));
    run.commit("train@0", Map.of(), List.of("ingest"));
    cluster(0, FIRST, "train@0");
    samples(0, points, "train@0", "cluster@0");
    run.nextParameters(training("CommittedLabels", 2500));
    run.commit("train@2500", Map.of(), List.of("ingest", "cluster@0"));
    cluster(2500, SECOND, "cluster@0", "train@2500");
    samples(2500, points, "train@2500", "cluster@2500");
  }

  private static Map<String, String> training(String labels, int toStep) {
    return Map.of(
        "task", "TrainLabelGanTask", "labels", labels, "toStep", Integer.toString(toStep));
  }

  private void cluster(int step, int[] clusters, String... inputs) throws IOException {
    long inOne = IntStream.of(clusters).filter(cluster -> cluster == 1).count();
    boolean first = step == 0;
    run.commit(
        "cluster@" + step,
        Map.of("clusters.reseeded", first ? "0" : "2"),
        List.of(inputs),
        run.table(
            "assignments/00000.arrow",
            AssignmentTable.schema(),
            ROWS,
            ids(firstAssigned),
            clusters,
            new float[ROWS]),
        run.table(
            "centroids/00000.arrow",
            CentroidTable.schema(1),
            2,
            new int[] {0, 1},
            new long[] {ROWS - inOne, inOne},
            new float[2]),
        metrics(
            "clusters",
            ROWS,
            0,
            first ? List.of("nmi(truth)") : List.of("nmi(previous)", "nmi(truth)", "purity(truth)"),
            first ? new double[] {0.25} : new double[] {0.5, 0.75, 0.875}));
  }

  /** Three samples, two for cluster 1 and one for cluster 0. */
  private void samples(int step, boolean points, String... inputs) throws IOException {
    long[] ids = {0, 1, 2};
    int[] labels = {1, 0, 1};
    FileEntry table =
        points
            ? run.table(
                "samples/00000.arrow",
                PointSampleTable.schema(1),
                3,
                ids,
                labels,
                new float[3],
                new float[] {0, step, 1, step, 2, step})
            : run.table(
                "samples/00000.arrow",
                SampleTable.schema(1, 1, 1, 1),
                3,
                ids,
                new long[] {-1, -1, -1},
                labels,
                new float[3],
                new byte[] {(byte) 200, (byte) 201, (byte) 202});
    run.commit("sample@%d.0".formatted(step), Map.of(), List.of(inputs), table);
    if (points) {
      figures("evaluate@%d.0".formatted(step), "grid, 3 points", step == 0 ? 1 : 24, 0, 3);
    }
  }

  private void figures(String stage, String protocol, double modes, long real, long generated)
      throws IOException {
    run.commit(
        stage,
        Map.of(),
        List.of(),
        metrics(
            protocol,
            real,
            generated,
            List.of("modes", "reverse-kl(ln)"),
            new double[] {modes, 1 / modes}));
  }

  /** An average over both steps, and the clusters' figures that a summary passes on. */
  private void summary() throws IOException {
    run.commit(
        "summary",
        Map.of(),
        List.of("evaluate@0.0", "evaluate@2500.0", "ceiling", "cluster@0"),
        metrics("grid, 3 points", 0, 3, List.of("modes"), new double[] {12.5}));
    run.commit(
        "cluster-summary",
        Map.of(),
        List.of("cluster@0"),
        metrics("clusters", ROWS, 0, List.of("nmi(truth)"), new double[] {0.75}));
  }

  private FileEntry metrics(
      String protocol, long real, long generated, List<String> names, double[] values)
      throws IOException {
    int count = names.size();
    double[] stds = new double[count];
    Arrays.fill(stds, Double.NaN);
    return run.table(
        "metrics/00000.arrow",
        MetricTable.schema(),
        count,
        names,
        LongStream.generate(() -> generated > 0 ? 0 : -1).limit(count).toArray(),
        values,
        stds,
        LongStream.generate(() -> real).limit(count).toArray(),
        LongStream.generate(() -> generated).limit(count).toArray(),
        Collections.nCopies(count, ""),
        Collections.nCopies(count, protocol));
  }

  private static long[] ids() {
    return ids(100);
  }

  private static long[] ids(long first) {
    return LongStream.range(first, first + ROWS).toArray();
  }
}
