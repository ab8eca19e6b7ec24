package partita.infra.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.artifact.ManifestJson;
import partita.schemas.table.Column;
import partita.schemas.table.ElementType;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;

/**
 * Tables are read by Arrow's JavaScript reader, which is not ours: {@code infra/interop/check.js}.
 * Skipped where node is not installed or {@code npm ci} was not run in {@code infra/interop}.
 */
class ArrowReaderTest {
  private static final Path SCRIPTS = Path.of("interop");
  private static final TableSchema ALL_TYPES =
      new TableSchema(
          "all-types",
          3,
          List.of(
              Column.tensor("pixels", ElementType.UINT8, 2, 1, 3),
              Column.scalar("label", ElementType.INT32),
              Column.scalar("id", ElementType.INT64),
              Column.tensor("feature", ElementType.FLOAT32, 2),
              Column.scalar("value", ElementType.FLOAT64),
              Column.scalar("name", ElementType.UTF8),
              Column.scalar("data", ElementType.BINARY)));

  @TempDir private Path folder;
  private Path root;
  private FileEntry table;

  @BeforeAll
  static void findReader() throws Exception {
    assumeTrue(
        Files.isDirectory(SCRIPTS.resolve("node_modules/apache-arrow")),
        "npm package apache-arrow is not there: run npm ci in infra/interop");
    assumeTrue(nodeRuns(), "node is not installed");
  }

  private static boolean nodeRuns() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  @BeforeEach
  void write() throws IOException {
    root = folder.resolve("artifacts");
    ArtifactStore store = ArtifactStores.open(root.toString());
    try (TableWriter writer = TableWriter.create(store, "rows/00000.arrow", ALL_TYPES, 2)) {
      writer.append(
          3,
          new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, (byte) 255},
          new int[] {-1, 0, Integer.MAX_VALUE},
          new long[] {7, Long.MIN_VALUE, 9},
          new float[] {.1f, -1, 2, 3, 4, Float.MIN_VALUE},
          new double[] {Math.PI, -0.0, 1e300},
          List.of("a", "", "größer"),
          List.of(new byte[0], new byte[] {1, 2, 3}, new byte[] {4}));
      table = writer.commit();
    }
    FileEntry empty;
    try (TableWriter writer = TableWriter.create(store, "none/00000.arrow", ALL_TYPES, 2)) {
      empty = writer.commit();
    }
    store.commit(manifest(List.of(table, empty)));
  }

  private static Manifest manifest(List<FileEntry> files) {
    return new Manifest(
        ArtifactStore.STORE_VERSION,
        "ingest",
        "aaaa",
        "bbbb",
        new TreeMap<>(),
        1,
        "code",
        "none",
        0,
        new TreeMap<>(),
        new TreeMap<>(),
        files,
        new TreeMap<>(),
        new Manifest.Provenance("run", "2026-01-01T00:00:00Z", 1, "none"));
  }

  /** Replaces the manifest by one that says something else of the table. */
  private void say(long rows, String schema) throws IOException {
    FileEntry other =
        new FileEntry(
            table.name(), table.sha256(), table.bytes(), rows, schema, table.batchCrc32c());
    Files.write(root.resolve("manifests/aaaa.json"), ManifestJson.write(manifest(List.of(other))));
  }

  private Path blob() {
    return root.resolve("blobs").resolve(table.sha256().substring(0, 2)).resolve(table.sha256());
  }

  private Object cell(String column, int row, Object value) {
    return Map.of("sha256", table.sha256(), "column", column, "row", row, "value", value);
  }

  private static List<String> texts(double... values) {
    List<String> texts = new ArrayList<>();
    for (double value : values) {
      texts.add(Double.toString(value));
    }
    return texts;
  }

  /** Exit code and output of the script. */
  private record Answer(int code, List<String> lines) {
    String last() {
      return lines.get(lines.size() - 1);
    }
  }

  private Answer check(List<Object> cells) throws Exception {
    Path values = folder.resolve("values.json");
    new ObjectMapper().writeValue(values.toFile(), cells);
    File output = folder.resolve("output.txt").toFile();
    Process process =
        new ProcessBuilder(
                "node",
                SCRIPTS.resolve("check.js").toString(),
                root.toString(),
                "--values=" + values)
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    assertTrue(process.waitFor(2, TimeUnit.MINUTES), "the script does not end");
    return new Answer(process.exitValue(), Files.readAllLines(output.toPath()));
  }

  private void finds(String problem, List<Object> cells) throws Exception {
    Answer answer = check(cells);
    assertEquals(1, answer.code(), answer::toString);
    String told = answer.lines().get(0);
    assertTrue(told.startsWith("ingest aaaa, rows/00000.arrow: " + problem), told);
  }

  @Test
  void everyTypeIsReadWithItsShapeAndValues() throws Exception {
    String bytes = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3});
    Answer answer =
        check(
            List.of(
                cell("pixels", 2, texts(12, 13, 14, 15, 16, 255)),
                cell("label", 0, "-1"),
                cell("label", 2, Integer.toString(Integer.MAX_VALUE)),
                cell("id", 1, Long.toString(Long.MIN_VALUE)),
                cell("feature", 0, texts(.1f, -1)),
                cell("feature", 2, texts(4, Float.MIN_VALUE)),
                cell("value", 0, Double.toString(Math.PI)),
                cell("value", 1, "-0.0"),
                cell("value", 2, "1.0E300"),
                cell("name", 1, ""),
                cell("name", 2, "größer"),
                cell("data", 1, bytes)));
    assertEquals(List.of("2 tables, 3 rows, 12 values, 0 problems"), answer.lines());
    assertEquals(0, answer.code());

    finds(
        "has 3.141592653589793 in column value, row 0, expected 3.14",
        List.of(cell("value", 0, "3.14")));
    finds(
        "has [4,1.401298464324817e-45] in column feature, row 2",
        List.of(cell("feature", 2, texts(4, 0))));
  }

  @Test
  void tableThatWasCutOrOfWhichABitFlippedIsFound() throws Exception {
    byte[] bytes = Files.readAllBytes(blob());
    assertTrue(blob().toFile().setWritable(true));
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 2] ^= 4;
    Files.write(blob(), flipped);
    finds("holds bytes with SHA-256 ", List.of());

    byte[] named =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("feature", "faeture")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(blob(), named);
    Answer renamed = check(List.of());
    assertTrue(
        renamed.lines().get(1).contains("\"name\":\"faeture\",\"type\":\"FLOAT32\",\"shape\":[2]"),
        renamed::toString);

    Files.write(blob(), Arrays.copyOf(bytes, bytes.length / 3));
    assertEquals("2 tables, 3 rows, 0 values, 2 problems", check(List.of()).last());
    Files.delete(blob());
    finds("cannot be opened: ENOENT", List.of());
  }

  @Test
  void manifestThatSaysOtherThanItsTableIsFound() throws Exception {
    say(4, table.schema());
    finds("has 3 rows, the manifest says 4", List.of());
    say(3, new TableSchema("all-types", 2, ALL_TYPES.columns()).fingerprint());
    finds("has [{\"name\":\"pixels\",\"type\":\"UINT8\",\"shape\":[2,1,3]}", List.of());
  }
}
