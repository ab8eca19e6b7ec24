package partita.runners.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.util.EnvironmentInformation;
import partita.pipelines.dag.BadInputException;

/** A Flink cluster elsewhere, as its JobManager's REST interface shows it. */
final class FlinkCluster {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern MASTER =
      Pattern.compile("(?:https?://)?([^\\s/:\\[\\]]+)(?::(\\d{1,5}))?/?");
  private static final int MOST_PORT = 65_535;
  private static final String DEFAULT_PORT = "8081";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CANCELED_WITHIN = Duration.ofMinutes(2);
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  private final String master;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  private FlinkCluster(String master) {
    this.master = master;
  }

  /**
   * The cluster at an address; nothing is sent to it yet.
   *
   * @param master {@code host} or {@code host:port}
   * @throws BadInputException when it is no address
   */
  static FlinkCluster at(String master) {
    Matcher matcher = MASTER.matcher(master);
    boolean address =
        matcher.matches()
            && (matcher.group(2) == null || Integer.parseInt(matcher.group(2)) <= MOST_PORT);
    if (!address) {
      throw new BadInputException(
          "Cannot use --flinkMaster=%s: expected host:port of a JobManager's REST interface, as 127.0.0.1:8081, or [auto] for Flink in this process"
              .formatted(master));
    }
    String port = matcher.group(2) == null ? DEFAULT_PORT : matcher.group(2);
    return new FlinkCluster(matcher.group(1) + ":" + port);
  }

  /** {@code host:port}. */
  String master() {
    return master;
  }

  /**
   * How many shards the cluster can run side by side.
   *
   * @throws IOException when nothing answers, when it is no Flink of our version or has no slots
   */
  int slots() throws IOException, InterruptedException {
    JsonNode overview = get("/overview");
    String version = overview.path("flink-version").asText("none");
    String ours = EnvironmentInformation.getVersion();
    if (!version.equals(ours)) {
      throw new IOException(
          "Cannot use --flinkMaster=%s: found Flink %s there, expected %s"
              .formatted(master, version, ours));
    }
    int slots = overview.path("slots-total").asInt();
    if (slots < 1) {
      throw new IOException(
          "Cannot use --flinkMaster=%s: the cluster has no TaskManager; start one, see infra/README.md"
              .formatted(master));
    }
    return slots;
  }

  /**
   * Ends the jobs of a name that are still at work, and waits until they have: a driver that was
   * killed leaves its job behind, and the lease of its stage is ours now.
   */
  void cancel(String job) throws IOException, InterruptedException {
    long end = System.nanoTime() + CANCELED_WITHIN.toNanos();
    for (List<String> left = atWork(job); !left.isEmpty(); left = atWork(job)) {
      if (System.nanoTime() > end) {
        throw new IOException(
            "Cannot begin job %s: one of that name, %s, is still at work on %s although it was canceled %d s ago; end it there"
                .formatted(job, left.get(0), master, CANCELED_WITHIN.toSeconds()));
      }
      for (String id : left) {
        send(request("/jobs/" + id).method("PATCH", BodyPublishers.noBody()).build());
      }
      Thread.sleep(500);
    }
  }

  private List<String> atWork(String job) throws IOException, InterruptedException {
    return StreamSupport.stream(get("/jobs/overview").path("jobs").spliterator(), false)
        .filter(found -> found.path("name").asText().equals(job))
        .filter(found -> !ENDED.contains(found.path("state").asText()))
        .map(found -> found.path("jid").asText())
        .toList();
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> response = send(request(path).build());
    try {
      JsonNode json = JSON.readTree(response.body());
      if (response.statusCode() == 200 && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw notFlink(response);
    }
    throw notFlink(response);
  }

  private IOException notFlink(HttpResponse<String> response) {
    return new IOException(
        "Cannot use --flinkMaster=%s: what answers there (HTTP %d) is no JobManager's REST interface"
            .formatted(master, response.statusCode()));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://" + master + path)).timeout(PATIENCE);
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IOException(
          "Cannot use --flinkMaster=%s: no Flink cluster answers there; start one (infra/flink/cluster start) or leave the option out for Flink in this process"
              .formatted(master),
          e);
    }
  }
}
