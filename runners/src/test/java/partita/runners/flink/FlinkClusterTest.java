package partita.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import partita.pipelines.dag.BadInputException;

/** A JobManager's REST interface, played by a server that says what a test wants. */
class FlinkClusterTest {
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final List<String> canceled = new ArrayList<>();
  private HttpServer server;
  private String master;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          if (exchange.getRequestMethod().equals("PATCH")) {
            canceled.add(path);
            answers.put("/jobs/overview", "{\"jobs\":[]}");
          }
          byte[] body = answers.getOrDefault(path, "?").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answers.containsKey(path) ? 200 : 404, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    master = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void overview(String version, int slots) {
    answers.put(
        "/overview", "{\"slots-total\":%d,\"flink-version\":\"%s\"}".formatted(slots, version));
  }

  private String refusal() {
    return assertThrows(IOException.class, () -> FlinkCluster.at(master).slots()).getMessage();
  }

  @Test
  void slotsAreThoseOfAllTaskManagers() throws Exception {
    overview(EnvironmentInformation.getVersion(), 6);
    assertEquals(6, FlinkCluster.at("http://" + master + "/").slots());
  }

  @Test
  void whereNothingAnswersTheRemedyIsNamedAtOnce() {
    server.stop(0);
    assertEquals(
        "Cannot use --flinkMaster=%s: no Flink cluster answers there; start one (infra/flink/cluster start) or leave the option out for Flink in this process"
            .formatted(master),
        refusal());
  }

  @Test
  void whatIsNoJobManagerIsRefused() {
    assertTrue(
        refusal().endsWith("what answers there (HTTP 404) is no JobManager's REST interface"));
    answers.put("/overview", "<html>");
    assertTrue(
        refusal().endsWith("what answers there (HTTP 200) is no JobManager's REST interface"));
  }

  @Test
  void aClusterOfAnotherVersionOrWithoutTaskManagersIsRefused() {
    overview("1.18.1", 4);
    String ours = EnvironmentInformation.getVersion();
    assertTrue(refusal().endsWith("found Flink 1.18.1 there, expected " + ours), refusal());
    overview(ours, 0);
    assertTrue(refusal().contains("the cluster has no TaskManager"), refusal());
  }

  @Test
  void jobsThatADeadDriverLeftAreCanceledAndOthersLeftAlone() throws Exception {
    String job = "{\"jid\":\"%s\",\"name\":\"%s\",\"state\":\"%s\"}";
    answers.put(
        "/jobs/overview",
        "{\"jobs\":[%s,%s,%s]}"
            .formatted(
                job.formatted("a1", "partita-train-1-ab", "RUNNING"),
                job.formatted("b2", "partita-train-1-ab", "FAILED"),
                job.formatted("c3", "partita-train-1-cd", "RUNNING")));
    FlinkCluster.at(master).cancel("partita-train-1-ab");
    assertEquals(List.of("/jobs/a1"), canceled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[remote]", "host:port", "a b", "host:1:2", "host/path"})
  void anAddressThatIsNoneIsBadInput(String given) {
    BadInputException refused = assertThrows(BadInputException.class, () -> FlinkCluster.at(given));
    assertTrue(refused.getMessage().startsWith("Cannot use --flinkMaster=" + given + ": expected"));
  }

  @Test
  void thePortMayBeLeftOut() {
    assertEquals("jobmanager:8081", FlinkCluster.at("jobmanager").master());
  }
}
