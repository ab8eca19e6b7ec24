package partita.pipelines.scalar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.PlanState;
import partita.pipelines.dag.PlannedStage;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.dag.Stage;
import partita.pipelines.dag.StageProgress;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.dag.Toys;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.CurveTable;
import partita.schemas.table.MetricTable;
import partita.schemas.table.TableWriter;

class RunScalarsTest {
  /** Seconds since 1970 at which the artifacts were committed, 10 s after their stages began. */
  private static final double CREATED = 1767225600;

  @TempDir private Path folder;
  private final List<String> warnings = new ArrayList<>();
  private ArtifactStore store;
  private Path run;

  @BeforeEach
  void open() throws IOException {
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
    run = Files.createDirectory(folder.resolve("run"));
  }

  private void commit(String stage, String action, FileEntry file) throws IOException {
    store.commit(
        new Manifest(
            ArtifactStore.STORE_VERSION,
            stage,
            action,
            "recipe-" + action,
            new TreeMap<>(),
            1,
            "code",
            "none",
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            List.of(file),
            new TreeMap<>(),
            new Manifest.Provenance("run", "2026-01-01T00:00:00Z", 10, "none")));
  }

  private void curves(String stage, String action, long... steps) throws IOException {
    try (TableWriter writer =
        TableWriter.create(store, "curves/00000.arrow", CurveTable.schema(), 64)) {
      for (long step : steps) {
        writer.append(1, new long[] {step}, List.of("loss.D"), new double[] {step / 4.0});
      }
      commit(stage, action, writer.commit());
    }
  }

  private void metric(String stage, String action, double value) throws IOException {
    try (TableWriter writer =
        TableWriter.create(store, "metrics/00000.arrow", MetricTable.schema(), 64)) {
      writer.append(
          1,
          List.of("fid(net)"),
          new long[] {3},
          new double[] {value},
          new double[] {0},
          new long[] {10},
          new long[] {10},
          List.of("net"),
          List.of("p"));
      commit(stage, action, writer.commit());
    }
  }

  private static StageRecord ended(String stage, StageStatus status, String action) {
    return new StageRecord(
        stage, "Task", List.of(), status, "", "", 0, "recipe-" + action, action, "", "");
  }

  private static StageProgress progress(String stage, long done, double loss) {
    return new StageProgress(stage, 0, 1, 0, done, 100, "steps", 1, Map.of("loss.D", loss), -1);
  }

  private RunScalars listener(PlanState state) {
    RunScalars scalars = new RunScalars(store, warnings::add);
    Stage stage = Stage.of("train@8", new Toys.Emit("a", 1), 1, Map.of());
    PlannedStage planned =
        new PlannedStage(stage, state, "", "", "", PlannedStage.Estimate.UNKNOWN);
    scalars.planned("20260101-000000-000-abcd", run, new Plan("toy", List.of(planned)));
    return scalars;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> list = Files.list(run)) {
      return list.toList();
    }
  }

  @Test
  void curvesAndMetricsOfEachStageAreThereWhenItEnds() throws IOException {
    curves("train@8", "aaaa", 0, 4, 8);
    metric("evaluate@8.3", "bbbb", 2.5);
    try (RunScalars scalars = listener(PlanState.WILL_RUN)) {
      scalars.stageEnded(ended("train@8", StageStatus.CACHED, "aaaa"));
      assertEquals(1, files().size());
      assertTrue(files().get(0).getFileName().toString().startsWith("events.out.tfevents."));
      assertEquals(
          List.of(
              new Scalar("train/loss.D", 0, CREATED - 10, 0),
              new Scalar("train/loss.D", 4, CREATED - 5, 1),
              new Scalar("train/loss.D", 8, CREATED, 2)),
          TensorBoardEvents.read(files().get(0)));

      scalars.stageEnded(ended("evaluate@8.3", StageStatus.RAN, "bbbb"));
      List<Scalar> all = TensorBoardEvents.read(files().get(0));
      assertEquals(new Scalar("evaluate/fid_net_/seed-3", 8, CREATED, 2.5f), all.get(3));
    }
    assertEquals(List.of(), warnings);
  }

  @Test
  void trainingThatBreaksOffLeavesWhatWasSeenOfIt() throws IOException {
    try (RunScalars scalars = listener(PlanState.WILL_RUN)) {
      scalars.progress(progress("train@8", 2, .5));
      scalars.progress(progress("train@8", 2, .5));
      scalars.progress(progress("train@8", 5, .25));
      scalars.stageEnded(ended("train@8", StageStatus.INTERRUPTED, ""));
    }
    List<Scalar> seen = TensorBoardEvents.read(files().get(0));
    assertEquals(List.of(2L, 5L), seen.stream().map(Scalar::step).toList());
    assertEquals(List.of(.5f, .25f), seen.stream().map(Scalar::value).toList());
  }

  @Test
  void runWithoutAnythingToDoWritesNothing() throws IOException {
    curves("train@8", "aaaa", 0, 4);
    try (RunScalars scalars = listener(PlanState.CACHED)) {
      scalars.stageEnded(ended("train@8", StageStatus.CACHED, "aaaa"));
    }
    assertEquals(List.of(), files());
  }

  @Test
  void folderThatCannotBeWrittenIsOneWarning() throws IOException {
    curves("train@8", "aaaa", 0, 4);
    metric("evaluate@8.3", "bbbb", 2.5);
    try (RunScalars scalars = listener(PlanState.WILL_RUN)) {
      Files.delete(run);
      scalars.stageEnded(ended("train@8", StageStatus.RAN, "aaaa"));
      scalars.stageEnded(ended("evaluate@8.3", StageStatus.RAN, "bbbb"));
    }
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(
        warnings.get(0).startsWith("Cannot write the curves of this run for TensorBoard: "),
        warnings.get(0));
  }
}
