package partita.transforms.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.models.embed.ClassifierTraining;
import partita.models.image.Preparation;
import partita.models.network.ConvNetConfig;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.ConfidenceTable;
import partita.schemas.table.ImageTable;
import partita.schemas.table.TableReader;
import partita.transforms.dataset.IdxIngest;
import partita.transforms.dataset.StackedDigitsIngest;
import partita.transforms.diversity.RankStackedDigitsTask;
import partita.transforms.diversity.Selection;
import partita.transforms.feature.TrainClassifierTask;
import partita.transforms.train.TestStages;

/** Digits that are squares at ten places, a classifier of them, and stacks of three. */
class StackedDigitsTasksTest {
  private static final int SIDE = 16;
  private static final int STACKS = 60;

  @TempDir static Path root;

  private static TestStages stages;
  private static Manifest classifier;
  private static Manifest stacked;

  @BeforeAll
  static void trainTheClassifier() throws Exception {
    stages = new TestStages(root.resolve("store"), 1e9);
    Map<String, String> files = digits();
    Preparation gray = Preparation.icGan(SIDE, 1);
    Manifest digits =
        stages.run("ingest digits", new IdxIngest(gray, 200, 50, 100), 1, Map.of(), files);
    classifier =
        stages.run(
            "classifier",
            new TrainClassifierTask(
                new ConvNetConfig(1, 10, 4, 16), new ClassifierTraining(6, 20, 1e-2, false, 10)),
            1,
            Map.of("images", digits));
    stacked =
        stages.run(
            "ingest stacks", new StackedDigitsIngest(gray, STACKS, 10, 32), 1, Map.of(), files);
  }

  @Test
  void realStacksCoverTheModesOfTheirLabels() throws Exception {
    Manifest ceiling =
        stages.run(
            "ceiling",
            new StackedDigitsCeilingTask("squares", STACKS, 25),
            1,
            Map.of("real", stacked, "network", classifier));
    Map<String, MetricRows.Row> rows = read(ceiling);
    assertEquals(1, rows.get("accuracy").value(), "the squares are easy");
    assertEquals(50, rows.get("accuracy").realCount());
    try (TableReader train = open(stacked, "train")) {
      long modes = IntStream.of(train.ints(ImageTable.LABEL)).distinct().count();
      assertTrue(modes > 50, "most of 60 labels differ");
      assertEquals(modes, rows.get("modes").value());
    }
    assertEquals("real-images, stacked-mnist, 60 images", rows.get("modes").protocol());
    assertEquals("squares " + classifier.contentDigest(), rows.get("modes").network());
    assertEquals(STACKS, rows.get("modes").realCount());
  }

  @Test
  void samplesOfTwoModesAreFarFromUniform() throws Exception {
    ByteBuffer pixels = ByteBuffer.allocate(40 * 3 * SIDE * SIDE);
    try (TableReader train = open(stacked, "train")) {
      for (int i = 0; i < 40; i++) {
        train.gather(ImageTable.PIXELS, new long[] {i % 4 == 0 ? 0 : 1}, pixels);
      }
    }
    Manifest samples = stages.samples("of two modes", SIDE, pixels.array());
    Map<String, MetricRows.Row> rows =
        read(
            stages.run(
                "score",
                new ScoreStackedDigitsTask("squares", 25, 7),
                1,
                Map.of("samples", samples, "network", classifier)));
    assertEquals(2, rows.get("modes").value());
    double expected = Math.log(1000) + 0.25 * Math.log(0.25) + 0.75 * Math.log(0.75);
    assertEquals(expected, rows.get("reverse-kl(ln)").value(), 1e-12);
    assertEquals(expected / Math.log(10), rows.get("reverse-kl(log10)").value(), 1e-12);
    assertEquals("stacked-mnist, 40 images", rows.get("modes").protocol());
    assertEquals(40, rows.get("modes").generatedCount());
    assertEquals(7, rows.get("modes").seed());
  }

  @Test
  void samplesOfAModeAreTheOnesThatTheClassifierIsSurestOf() throws Exception {
    ByteBuffer pixels = ByteBuffer.allocate(3 * 3 * SIDE * SIDE);
    int last;
    try (TableReader train = open(stacked, "train")) {
      int[] modes = train.ints(ImageTable.LABEL);
      last = IntStream.range(0, STACKS).reduce((a, b) -> modes[b] > modes[a] ? b : a).orElse(0);
      train.gather(ImageTable.PIXELS, new long[] {0, last, 1}, pixels);
      assertTrue(modes[last] >= 900, "a stack whose red digit is 9, as that of mode 999");
    }
    Manifest samples = stages.samples("of three modes", SIDE, pixels.array());
    Manifest ranked =
        stages.run(
            "rank",
            new RankStackedDigitsTask(new Selection(2, 1), 2),
            1,
            Map.of("samples", samples, "network", classifier));
    try (TableReader table = open(ranked, "confidences")) {
      assertArrayEquals(new int[] {0, 999}, table.ints(ConfidenceTable.CLASS));
      assertEquals(1, table.longs(ConfidenceTable.SAMPLE)[1]);
    }
  }

  @Test
  void aNetworkOfUnknownAccuracyIsRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                stages.run(
                    "ceiling without accuracy",
                    new StackedDigitsCeilingTask("squares", 10, 25),
                    1,
                    Map.of("real", stacked, "network", stacked)));
    assertEquals(
        "Cannot score stacked digits: artifact ingest stacks does not say how well its network reads digits; use a classifier that a stage trained on MNIST",
        error.getMessage());
  }

  @Test
  void moreRealImagesThanThereAreAreRefused() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                stages.run(
                    "ceiling of too many",
                    new StackedDigitsCeilingTask("squares", 61, 25),
                    1,
                    Map.of("real", stacked, "network", classifier)));
    assertEquals(
        "Cannot score 61 real images: artifact ingest stacks has 10 for validation and 60 for training; ingest more or score fewer",
        error.getMessage());
  }

  private static TableReader open(Manifest manifest, String role) throws IOException {
    return TableReader.open(stages.store(), manifest, role);
  }

  private static Map<String, MetricRows.Row> read(Manifest manifest) throws IOException {
    Map<String, MetricRows.Row> byName = new TreeMap<>();
    try (TableReader table = open(manifest, MetricRows.METRICS)) {
      MetricRows.read(table).forEach(row -> byName.put(row.metric(), row));
    }
    return byName;
  }

  private static Map<String, String> digits() throws IOException {
    Map<String, String> files = new TreeMap<>();
    files.put(IdxIngest.TRAIN_IMAGES, images("train-images", 200));
    files.put(IdxIngest.TRAIN_LABELS, labels("train-labels", 200));
    files.put(IdxIngest.VALIDATION_IMAGES, images("validation-images", 50));
    files.put(IdxIngest.VALIDATION_LABELS, labels("validation-labels", 50));
    return files;
  }

  private static String images(String name, int count) throws IOException {
    byte[] pixels = new byte[count * SIDE * SIDE];
    for (int i = 0; i < count; i++) {
      int digit = i % 10;
      for (int y = 0; y < 4; y++) {
        for (int x = 0; x < 3; x++) {
          int line = digit / 5 * 8 + 2 + y;
          pixels[(i * SIDE + line) * SIDE + digit % 5 * 3 + x] = (byte) 255;
        }
      }
    }
    return idx(name, pixels, 0x803, count, SIDE, SIDE);
  }

  private static String labels(String name, int count) throws IOException {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return idx(name, labels, 0x801, count);
  }

  private static String idx(String name, byte[] content, int... header) throws IOException {
    Path file = root.resolve(name);
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      for (int number : header) {
        out.writeInt(number);
      }
      out.write(content);
    }
    return file.toString();
  }
}
