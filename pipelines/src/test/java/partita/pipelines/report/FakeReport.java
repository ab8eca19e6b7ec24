package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.report.ReportModel.Fact;
import partita.pipelines.report.ReportModel.Level;
import partita.pipelines.report.ReportModel.Note;
import partita.pipelines.report.ReportModel.Origin;
import partita.pipelines.report.ReportModel.Row;
import partita.pipelines.report.ReportModel.Run;
import partita.pipelines.report.ReportModel.Sheet;
import partita.pipelines.report.ReportModel.Stage;
import partita.pipelines.report.ReportModel.Tile;

/** A made-up report of the size and shape of a real one: 5 rounds, 5 sampling seeds. */
final class FakeReport {
  private static final int SEEDS = 5;
  private static final List<Long> STEPS = List.of(0L, 1000L, 2000L, 3000L, 4000L, 5000L);

  private FakeReport() {}

  static ReportModel complete() {
    return new ReportModel(
        run("succeeded", ""),
        List.of(
            new Note(Level.WARNING, "3 images could not be decoded and were skipped by ingest."),
            new Note(
                Level.INFO, "Training ran at channel multiplier 16; the paper's networks use 64.")),
        stages(StageStatus.RAN),
        artifacts(),
        history(),
        FakeFigures.charts(),
        FakeFigures.metrics(),
        List.of(FakeClusters.sheet(), sampleGrid(), neighborSheet()),
        List.of(FakeClusters.scatter()));
  }

  private static List<ReportModel.Artifact> artifacts() {
    String digest = "4f1c20ab".repeat(8);
    return List.of(
        new ReportModel.Artifact(
            "ingest",
            12.5,
            512e6,
            List.of(
                new ReportModel.Download(
                    "train/00000.arrow", 51_380_224, 60_000, digest, "../../blobs/4f/" + digest))));
  }

  private static List<ReportModel.PastRun> history() {
    return List.of(
        new ReportModel.PastRun(
            "20260130-090000-0001",
            "succeeded",
            "2026-01-30T09:00:00Z",
            1_260,
            30,
            4,
            List.of(
                new ReportModel.Difference("train@1000", "parameter channelMultiplier 8 -> 16"))));
  }

  static ReportModel failed() {
    List<Stage> stages = new ArrayList<>();
    for (Stage stage : stages(StageStatus.RAN)) {
      StageName name = StageName.parse(stage.name());
      boolean after = name.step() > 2000 || name.kind().equals("summary");
      boolean here = name.step() == 2000;
      if (here && name.kind().equals("train")) {
        stages.add(
            new Stage(
                stage.name(),
                StageStatus.FAILED,
                stage.start(),
                41,
                Double.NaN,
                stage.inputs(),
                "never ran",
                "",
                "",
                "Cannot train: loss D is NaN at step 1,412"));
      } else if (after || here) {
        stages.add(
            new Stage(
                stage.name(),
                StageStatus.SKIPPED,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                stage.inputs(),
                "the run ended before it",
                "",
                "",
                ""));
      } else {
        stages.add(stage);
      }
    }
    return new ReportModel(
        run(
            "failed",
            "Stage train@2000 failed: loss D is NaN at step 1,412.\nThe last good checkpoint is step 1,250; lower train.learningRateD and run the same command to continue."),
        List.of(),
        stages,
        List.of(),
        List.of(),
        FakeFigures.charts().subList(0, 1),
        List.of(),
        List.of(),
        List.of());
  }

  static Run run(String status, String failure) {
    return new Run(
        "ic-gan/fashion-mnist-32",
        "20260131-142501-3f9a",
        status,
        "2026-01-31T14:25:01Z",
        8_412,
        List.of(
            new Fact("Runner", "FlinkRunner"),
            new Fact("Device", "CPU, AVX2"),
            new Fact("Threads", "2 intra-op"),
            new Fact("Engine", "PyTorch 2.7.1"),
            new Fact("Code", "e4a5034, clean")),
        "mvn -q compile exec:java -Dexec.mainClass=RunPipeline -Dexec.args=\"--runner=FlinkRunner --experiment=ic-gan/fashion-mnist-32 --set=train.batchSize=64\"",
        "./artifacts",
        failure);
  }

  static List<Stage> stages(StageStatus trained) {
    List<Stage> stages = new ArrayList<>();
    add(stages, "ingest", StageStatus.CACHED, 0);
    add(stages, "classifier", StageStatus.CACHED, 0, "ingest");
    add(stages, "features", StageStatus.CACHED, 0, "ingest", "classifier");
    add(stages, "neighbors", StageStatus.CUT_OFF, 0, "features");
    add(stages, "instances", StageStatus.RAN, 31, "features");
    add(stages, "baseline", StageStatus.RAN, 12, "features");
    String previous = "";
    for (long step : STEPS) {
      String train = "train@" + step;
      if (previous.isEmpty()) {
        add(stages, train, trained, 4, "ingest", "features", "neighbors");
      } else {
        add(stages, train, trained, 1210, previous, "ingest", "features", "neighbors");
      }
      for (int seed = 0; seed < SEEDS; seed++) {
        String suffix = "@" + step + "." + seed;
        add(stages, "sample" + suffix, trained, 38, train, "instances", "ingest");
        add(stages, "sample-features" + suffix, trained, 17, "sample" + suffix, "classifier");
        add(stages, "evaluate" + suffix, trained, 6, "sample-features" + suffix, "features");
      }
      previous = train;
    }
    List<String> evaluations =
        stages.stream().map(Stage::name).filter(name -> name.startsWith("evaluate")).toList();
    add(stages, "summary", trained, 1, evaluations.toArray(String[]::new));
    return stages;
  }

  private static void add(
      List<Stage> stages, String name, StageStatus status, double seconds, String... inputs) {
    double start =
        stages.stream()
            .filter(stage -> Double.isFinite(stage.start()))
            .mapToDouble(stage -> stage.start() + stage.seconds())
            .max()
            .orElse(2);
    boolean ran = status == StageStatus.RAN;
    stages.add(
        new Stage(
            name,
            status,
            ran ? start : Double.NaN,
            ran ? seconds : Double.NaN,
            ran ? Double.NaN : 73,
            List.of(inputs),
            ran ? "parameter k changed 50 -> 40" : "",
            "%016x%048x".formatted(name.hashCode(), 7),
            name.startsWith("train@") ? "same bits at parallelism 1, 2" : "",
            ""));
  }

  private static Sheet sampleGrid() {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < 8; row++) {
      int instance = 613 * row + 41;
      List<Tile> tiles = new ArrayList<>();
      tiles.add(picture(Origin.ANCHOR, "#" + instance, row, 0));
      for (int i = 1; i <= 8; i++) {
        tiles.add(picture(Origin.GENERATED, "", row, i));
      }
      rows.add(new Row("instance " + instance, tiles));
    }
    List<String> columns = new ArrayList<>(List.of("instance"));
    IntStream.rangeClosed(1, 8).forEach(i -> columns.add(i == 1 ? "samples" : ""));
    return new Sheet(
        "Samples by conditioning instance",
        "The framed image is the instance that the generator was conditioned on; beside it are samples with different noise.",
        columns,
        rows);
  }

  private static Sheet neighborSheet() {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < 6; row++) {
      List<Tile> tiles = new ArrayList<>();
      tiles.add(picture(Origin.GENERATED_ANCHOR, "", row + 3, 5));
      for (int i = 1; i <= 6; i++) {
        tiles.add(
            picture(Origin.REAL, NumberText.of(0.97 - 0.013 * i - 0.01 * row), row + 3, i + 8));
      }
      rows.add(new Row("sample " + 1250 * row, tiles));
    }
    return new Sheet(
        "Nearest training images of samples",
        "Cosine similarity of fashion-classifier features. A sample that equals its neighbor was memorized.",
        List.of("sample", "1st", "2nd", "3rd", "4th", "5th", "6th"),
        rows);
  }

  /** A 32 x 32 picture of a shape. */
  static Tile picture(Origin origin, String label, int shape, int variation) {
    Random random = new Random(shape * 31L + variation);
    byte[] pixels = new byte[3 * 32 * 32];
    double cx = 16 + random.nextGaussian();
    double cy = 16 + random.nextGaussian();
    double size = 8 + shape % 3 + random.nextDouble();
    for (int c = 0; c < 3; c++) {
      int color = 90 + (shape * 67 + c * 101) % 160;
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          double dx = Math.abs(x - cx);
          double dy = Math.abs(y - cy);
          boolean inside =
              switch (shape % 3) {
                case 0 -> dx * dx + dy * dy < size * size;
                case 1 -> dx < size && dy < size * 0.8;
                default -> dx + dy < size * 1.3;
              };
          pixels[(c * 32 + y) * 32 + x] = (byte) ((inside ? color : 30 + y) + random.nextInt(14));
        }
      }
    }
    return PngTile.of(origin, label, pixels, 3, 32, 32, 64);
  }
}
