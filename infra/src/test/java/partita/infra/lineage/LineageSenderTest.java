package partita.infra.lineage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.infra.lineage.LineageEvents.End;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;
import partita.schemas.artifact.FileEntry;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.Column;
import partita.schemas.table.ElementType;
import partita.schemas.table.TableSchema;
import partita.schemas.table.TableWriter;

class LineageSenderTest {
  private static final Instant BEGAN = Instant.parse("2026-01-31T14:25:01Z");
  private static final TableSchema SCHEMA =
      new TableSchema(
          "images",
          1,
          List.of(
              Column.scalar("id", ElementType.INT64),
              Column.tensor("feature", ElementType.FLOAT32, 2),
              Column.tensor("pixels", ElementType.UINT8, 1, 2, 2)));

  @TempDir private Path folder;
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());
  private ArtifactStore store;
  private LineageEvents events;

  @BeforeEach
  void open() throws IOException {
    store = ArtifactStores.open(folder.resolve("artifacts").toString());
    events = new LineageEvents(store, "ic-gan/toy", "20260131-142501-3f9a", BEGAN);
  }

  private Manifest artifact(String stage, String action, Map<String, String> raw)
      throws IOException {
    FileEntry file;
    try (TableWriter writer = TableWriter.create(store, "train/00000.arrow", SCHEMA, 2)) {
      writer.append(1, new long[] {1}, new float[] {1, 2}, new byte[] {1, 2, 3, 4});
      file = writer.commit();
    }
    return store.commit(
        new Manifest(
            ArtifactStore.STORE_VERSION,
            stage,
            action,
            "recipe-" + action,
            new TreeMap<>(Map.of("k", "50")),
            7,
            "code-digest",
            "none",
            0,
            new TreeMap<>(raw),
            new TreeMap<>(),
            List.of(file),
            new TreeMap<>(Map.of("images.skipped", "3")),
            new Manifest.Provenance("run", "2026-01-01T00:00:00Z", 1.5, "none")));
  }

  /** A stage that read another one's artifact and a raw file. */
  private void tellStage(LineageSender sender) throws IOException {
    Manifest input = artifact("ingest", "aaaa", Map.of());
    Manifest made = artifact("embed", "bbbb", Map.of("images", "feed"));
    StageWork work =
        new StageWork(
            "embed",
            BEGAN.plusSeconds(1),
            List.of(input),
            Map.of("images", folder.resolve("data")),
            Map.of("reason", "never ran", "seed", 7L));
    sender.send(() -> events.stageStarted(work));
    sender.send(
        () -> events.stageEnded(work, End.DONE, BEGAN.plusSeconds(2), Optional.of(made), ""));
  }

  private LineageSender sender(String target, Duration patience) {
    return new LineageSender(LineageTarget.parse(target), warnings::add, patience);
  }

  private static List<JsonNode> json(List<String> lines) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines) {
      events.add(new ObjectMapper().readTree(line));
    }
    return events;
  }

  @Test
  void fileGrowsByOneEventALine() throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    Files.writeString(file, "{}\n");
    try (LineageSender sender = sender(file.toString(), LineageSender.PATIENCE)) {
      sender.send(() -> events.runStarted(Map.of("runner", "FlinkRunner")));
      tellStage(sender);
      sender.send(
          () -> events.runEnded(End.FAILED, BEGAN.plusSeconds(3), Map.of(), "the disk is full"));
    }
    assertEquals(List.of(), warnings);
    List<JsonNode> told = json(Files.readAllLines(file));
    assertEquals(
        List.of("", "START", "START", "COMPLETE", "FAIL"),
        told.stream().map(event -> event.path("eventType").asText()).toList());

    JsonNode run = told.get(1);
    assertEquals("partita", run.at("/job/namespace").asText());
    assertEquals("ic-gan/toy", run.at("/job/name").asText());
    assertEquals("2026-01-31T14:25:01Z", run.path("eventTime").asText());
    assertEquals("FlinkRunner", run.at("/run/facets/partita_run/runner").asText());
    assertEquals("the disk is full", told.get(4).at("/run/facets/errorMessage/message").asText());
    assertEquals(run.at("/run/runId"), told.get(4).at("/run/runId"));

    JsonNode done = told.get(3);
    assertEquals("ic-gan/toy.embed", done.at("/job/name").asText());
    assertEquals(run.at("/run/runId"), done.at("/run/facets/parent/run/runId"));
    assertEquals(told.get(2).at("/run/runId"), done.at("/run/runId"));
    JsonNode facts = done.at("/run/facets/partita_stage");
    assertEquals("bbbb", facts.path("actionKey").asText());
    assertEquals("code-digest", facts.path("code").asText());
    assertEquals("50", facts.at("/parameters/k").asText());
    assertEquals(7, facts.path("seed").asLong());
    assertEquals("never ran", facts.path("reason").asText());
  }

  @Test
  void datasetsAreNamedByKeyWithDigestSchemaAndSize() throws IOException {
    Path file = folder.resolve("lineage.jsonl");
    try (LineageSender sender = sender(file.toString(), LineageSender.PATIENCE)) {
      tellStage(sender);
    }
    JsonNode done = json(Files.readAllLines(file)).get(1);
    String root = "file://" + folder.resolve("artifacts");
    JsonNode output = done.at("/outputs/0");
    assertEquals(root, output.path("namespace").asText());
    assertEquals("embed/bbbb/train", output.path("name").asText());
    assertEquals(
        store.find("bbbb").orElseThrow().contentDigest(),
        output.at("/facets/version/datasetVersion").asText());
    assertEquals(root, output.at("/facets/dataSource/name").asText());
    assertEquals(
        List.of("int64", "fixed_size_list<float32>[2]", "fixed_shape_tensor<uint8>[1, 2, 2]"),
        output.at("/facets/schema/fields").findValuesAsText("type"));
    assertEquals(1, output.at("/outputFacets/outputStatistics/rowCount").asLong());
    assertEquals("ingest/aaaa/train", done.at("/inputs/0/name").asText());
    assertEquals("file", done.at("/inputs/1/namespace").asText());
    assertEquals(folder.resolve("data").toString(), done.at("/inputs/1/name").asText());
    assertEquals("feed", done.at("/inputs/1/facets/version/datasetVersion").asText());
  }

  @Test
  void serverGetsEventsInOrderAndThePasswordOnlyAsAHeader() throws IOException {
    List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    List<String> headers = Collections.synchronizedList(new ArrayList<>());
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/api/v1/lineage",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), "UTF-8"));
          headers.add(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    server.start();
    String target = "http://user:secret@127.0.0.1:%d".formatted(server.getAddress().getPort());
    try (LineageSender sender = sender(target, LineageSender.PATIENCE)) {
      tellStage(sender);
    } finally {
      server.stop(0);
    }
    assertEquals(List.of(), warnings);
    assertEquals(
        List.of("START", "COMPLETE"),
        json(bodies).stream().map(event -> event.path("eventType").asText()).toList());
    assertFalse(bodies.toString().contains("secret"));
    assertEquals("Basic dXNlcjpzZWNyZXQ=", headers.get(0));
  }

  @Test
  void deadServerIsOneWarning() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (LineageSender sender =
        sender("http://me:secret@127.0.0.1:" + port, LineageSender.PATIENCE)) {
      tellStage(sender);
    }
    assertEquals(1, warnings.size());
    String warning = warnings.get(0);
    assertTrue(
        warning.startsWith("Cannot send lineage to http://127.0.0.1:%d (".formatted(port)),
        warning);
    assertTrue(warning.contains("refused"), warning);
    assertTrue(warning.endsWith("; the run goes on, and this is said once"), warning);
  }

  @Test
  void serverThatNeverAnswersCostsTheEndOfARunALittle() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Instant before;
      try (LineageSender sender =
          sender("http://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(400))) {
        before = Instant.now();
        for (int i = 0; i < 20; i++) {
          sender.send(() -> events.runStarted(Map.of()));
        }
        assertTrue(Duration.between(before, Instant.now()).toMillis() < 400);
      }
      assertTrue(Duration.between(before, Instant.now()).toMillis() < 4000);
    }
    assertEquals(1, warnings.size(), warnings::toString);
  }

  @Test
  void refusalOfTheServerIsNamed() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(422, -1);
          exchange.close();
        });
    server.start();
    try (LineageSender sender =
        sender(
            "http://127.0.0.1:%d/lineage".formatted(server.getAddress().getPort()),
            LineageSender.PATIENCE)) {
      tellStage(sender);
    } finally {
      server.stop(0);
    }
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("422"), warnings.get(0));
  }
}
