package partita.pipelines.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.dag.StageStatus;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.KeyHasher;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.CurveTable;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.MetricTable;
import partita.schemas.table.NeighborTable;
import partita.schemas.table.SampleTable;
import partita.schemas.table.SourceTable;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;
import partita.transforms.feature.EmbedTask;

/**
 * A finished run of an IC-GAN in a store, as small as it can be: images are one gray value each
 * (ten times their row), their ids are 100 and up, and a feature is a direction in the plane, so
 * that a test can tell every image and its neighbors.
 */
final class SmallRun {
  static final String ID = "20260131-142501-3f9a";
  static final String EARLIER = "20260130-090000-0001";
  static final int IMAGES = 6;
  private static final int EDGE = 2;
  private static final String NETWORK = "toy-classifier " + "4f1c20ab".repeat(8);

  private static final Map<String, String> PROTOCOL =
      Map.of("protocol.neighbors", "5", "protocol.network", "toy");

  private final ArtifactStore store;
  private final Map<String, Manifest> artifacts = new LinkedHashMap<>();
  private final List<StageRecord> stages = new ArrayList<>();
  private final String madeBy;
  private Map<String, String> parameters = PROTOCOL;

  private SmallRun(Path root, String madeBy) throws IOException {
    store = ArtifactStores.open(root.toString());
    this.madeBy = madeBy;
  }

  /** A run whose artifacts were made by it, or by {@link #EARLIER}. */
  static SmallRun in(Path root, String madeBy) throws IOException {
    SmallRun run = new SmallRun(root, madeBy);
    run.images();
    run.step(0, 0, 30);
    run.step(4, 0, 5);
    run.step(4, 1, 7);
    run.metrics("baseline", "real-halves", -1, 0.5);
    return run;
  }

  /** A run without stages, to add to. */
  static SmallRun empty(Path root) throws IOException {
    return new SmallRun(root, ID);
  }

  ArtifactStore store() {
    return store;
  }

  Manifest artifact(String stage) {
    return artifacts.getOrDefault(stage, artifacts.get("ingest"));
  }

  static long id(int row) {
    return 100L + row;
  }

  private void images() throws IOException {
    int[] rows = new int[IMAGES];
    Arrays.setAll(rows, row -> row);
    commit(
        "ingest",
        Map.of("images.skipped", "3"),
        List.of(),
        table(
            "train/00000.arrow",
            ImageTable.schema(1, EDGE, EDGE),
            IMAGES,
            ids(),
            new int[IMAGES],
            pixels(10, rows)),
        table(
            "skipped/00000.arrow",
            SourceTable.schema(),
            3,
            new long[] {7, 8, 9},
            List.of("b/<i>.png", "c.jpg", "d.jpg")));
    commit("classifier", Map.of(), List.of("ingest"), accuracy(), curve("loss", 10, 20));
    commit(
        "features",
        Map.of(),
        List.of("ingest", "classifier"),
        table("train/00000.arrow", FeatureTable.schema(2), IMAGES, ids(), directions(rows)));
    // Neighbors as they are by feature: row 0 has 1 and 2, row 5 has 4 and 3.
    long[] neighbors = {1, 2, 0, 2, 1, 3, 2, 4, 3, 5, 4, 3};
    float[] similarities = new float[2 * IMAGES];
    Arrays.fill(similarities, 0.75f);
    commit(
        "neighbors",
        Map.of(),
        List.of("features"),
        table(
            "neighbors/00000.arrow",
            NeighborTable.schema(2),
            IMAGES,
            ids(),
            neighbors,
            similarities));
    commit("instances", Map.of(), List.of("features"), curve("kmeans.objective", 0, 1, 2));
  }

  /** One round; the samples have gray values 200 and up, and features of training images. */
  private void step(int step, int seed, double fid) throws IOException {
    String round = "@" + step + "." + seed;
    if (seed == 0) {
      commit("train@" + step, Map.of(), List.of("features", "ingest"), segment(step));
    }
    commit(
        "sample" + round,
        Map.of(),
        List.of("train@" + step, "instances", "features"),
        table(
            "samples/00000.arrow",
            SampleTable.schema(1, 1, EDGE, EDGE),
            4,
            new long[] {0, 1, 2, 3},
            new long[] {id(4), id(1), id(4), id(1)},
            new int[] {-1, -1, -1, -1},
            new float[4],
            pixels(1, 200 + step, 201 + step, 202 + step, 203 + step)));
    commit(
        "sample-features" + round,
        Map.of(),
        List.of("sample" + round, "classifier"),
        table(
            "samples/00000.arrow",
            FeatureTable.schema(2),
            4,
            new long[] {0, 1, 2, 3},
            directions(5, 0, 3, 1)));
    metrics("evaluate" + round, "train", seed, fid);
  }

  private FileEntry segment(int step) throws IOException {
    return step == 0 ? curve("D") : curve("D", step - 2, step);
  }

  private void metrics(String stage, String protocol, long seed, double fid) throws IOException {
    commit(
        stage,
        Map.of("frechet.fewerRowsThanDimensions", "1", "inception.noClassScores", "1"),
        List.of("features"),
        metric("fid(toy-classifier)", protocol, seed, fid, 4, NETWORK));
  }

  private FileEntry accuracy() throws IOException {
    return metric("accuracy", "top-1 on validation images", 1, 0.75, 0, "");
  }

  private FileEntry metric(
      String name, String protocol, long seed, double value, long generated, String network)
      throws IOException {
    return table(
        "metrics/00000.arrow",
        MetricTable.schema(),
        1,
        List.of(name),
        new long[] {seed},
        new double[] {value},
        new double[] {Double.NaN},
        new long[] {IMAGES},
        new long[] {generated},
        List.of(network),
        List.of(protocol));
  }

  /** A curve whose values are ten times the step. */
  private FileEntry curve(String series, long... steps) throws IOException {
    return table(
        "curve/00000.arrow",
        CurveTable.schema(),
        steps.length,
        steps,
        Collections.nCopies(steps.length, series),
        Arrays.stream(steps).mapToDouble(step -> 10 * step).toArray());
  }

  private static long[] ids() {
    long[] ids = new long[IMAGES];
    Arrays.setAll(ids, SmallRun::id);
    return ids;
  }

  private static byte[] pixels(int factor, int... values) {
    byte[] pixels = new byte[values.length * EDGE * EDGE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (factor * values[i / (EDGE * EDGE)]);
    }
    return pixels;
  }

  /** Directions a tenth of a radian apart, of different lengths. */
  private static float[] directions(int... rows) {
    float[] features = new float[2 * rows.length];
    for (int i = 0; i < rows.length; i++) {
      features[2 * i] = (float) ((1 + rows[i]) * Math.cos(0.1 * rows[i] * rows[i]));
      features[2 * i + 1] = (float) ((1 + rows[i]) * Math.sin(0.1 * rows[i] * rows[i]));
    }
    return features;
  }

  FileEntry table(String name, TableSchema schema, int rows, Object... columns) throws IOException {
    try (TableWriter writer = TableWriter.create(store, name, schema, 4)) {
      writer.append(rows, columns);
      return writer.commit();
    }
  }

  /** What the task of the next artifact says of itself. */
  void nextParameters(Map<String, String> next) {
    parameters = next;
  }

  void commit(String stage, Map<String, String> facts, List<String> inputs, FileEntry... files)
      throws IOException {
    Map<String, String> digests = new TreeMap<>();
    Map<String, String> actions = new TreeMap<>();
    for (String input : inputs) {
      String name = input.equals("classifier") ? EmbedTask.NETWORK : input;
      digests.put(name, artifact(input).contentDigest());
      actions.put(input, artifact(input).actionKey());
    }
    String action = key("action", stage);
    Manifest made =
        store.commit(
            new Manifest(
                ArtifactStore.STORE_VERSION,
                stage,
                action,
                key("recipe", stage),
                new TreeMap<>(parameters),
                1,
                "code",
                "none",
                0,
                new TreeMap<>(digests),
                new TreeMap<>(actions),
                List.of(files),
                new TreeMap<>(facts),
                new Manifest.Provenance(madeBy, "2026-01-30T09:00:20Z", 12.5, "PyTorch 2.7.1")));
    parameters = PROTOCOL;
    artifacts.put(stage, made);
    boolean ran = madeBy.equals(ID);
    int index = stages.size();
    stages.add(
        new StageRecord(
            stage,
            "Task",
            inputs,
            ran ? StageStatus.RAN : StageStatus.CACHED,
            ran ? "first time" : "",
            ran ? "2026-01-31T14:25:%02dZ".formatted(1 + index) : "",
            ran ? 1 : 0,
            made.recipeKey(),
            action,
            made.contentDigest(),
            ""));
  }

  private static String key(String kind, String stage) {
    return new KeyHasher(kind).put("stage", stage).digest();
  }

  /** A stage that left nothing. */
  void add(String stage, StageStatus status, String message) {
    boolean reached = status != StageStatus.SKIPPED;
    stages.add(
        new StageRecord(
            stage,
            "Task",
            List.of("ingest"),
            status,
            "first time",
            reached ? "2026-01-31T14:26:01Z" : "",
            reached ? 7 : 0,
            "",
            "",
            "",
            message));
  }

  RunRecord record(String status, String message) {
    return new RunRecord(
        ID,
        "ic-gan/toy",
        List.of("--set=train.steps=4"),
        "DirectRunner",
        status,
        "2026-01-31T14:25:01Z",
        90,
        message,
        Map.of("device", "cpu", "threads", "2", "artifacts", "./artifacts"),
        stages);
  }
}
