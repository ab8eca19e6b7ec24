package partita.infra.gcs;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.api.gax.retrying.RetrySettings;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A small Cloud Storage on loopback: the part of the JSON API that the client library uses for
 * objects, with preconditions that hold against concurrent requests, and with faults on demand.
 */
final class FakeGcs implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern OBJECTS =
      Pattern.compile("/(?:upload/|download/)?storage/v1/b/([^/]+)/o(?:/(.+))?");
  private static final int PAGE = 2;

  static {
    // Without it each answer on a kept connection waits 40 ms for a delayed acknowledgment.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final FakeBucket bucket;
  private final FakeUploads uploads;
  private final Faults faults = new Faults();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

  private FakeGcs(HttpServer server, FakeBucket bucket) {
    this.server = server;
    this.bucket = bucket;
    uploads = new FakeUploads(bucket);
  }

  static FakeGcs start(String bucket) throws IOException {
    InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    FakeGcs fake = new FakeGcs(HttpServer.create(loopback, 0), new FakeBucket(bucket));
    fake.server.createContext("/", fake::handle);
    fake.server.setExecutor(fake.threads);
    fake.server.start();
    return fake;
  }

  String host() {
    return "http://%s:%d"
        .formatted(server.getAddress().getHostString(), server.getAddress().getPort());
  }

  FakeBucket bucket() {
    return bucket;
  }

  /** A client that repeats as the library does, but without the seconds between. */
  Storage client() {
    RetrySettings quick =
        StorageOptions.getDefaultRetrySettings().toBuilder()
            .setInitialRetryDelayDuration(Duration.ofMillis(5))
            .setMaxRetryDelayDuration(Duration.ofMillis(20))
            .build();
    return StorageOptions.http()
        .setHost(host())
        .setProjectId("test")
        .setCredentials(NoCredentials.getInstance())
        .setRetrySettings(quick)
        .build()
        .getService();
  }

  /** The next {@code times} requests whose line, {@code GET /path?query}, has a match go wrong. */
  void fail(String requestPattern, Fault fault, int times) {
    fail(requestPattern, fault, times, () -> {});
  }

  /** The same, and something else happens while the client waits for the answer. */
  void fail(String requestPattern, Fault fault, int times, Runnable meanwhile) {
    faults.plan(requestPattern, fault, times, meanwhile);
  }

  /** How many requests so far have a match in their line. */
  long requests(String requestPattern) {
    Pattern pattern = Pattern.compile(requestPattern);
    synchronized (requests) {
      return requests.stream().filter(line -> pattern.matcher(line).find()).count();
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    String line =
        exchange.getRequestMethod()
            + " "
            + URLDecoder.decode(exchange.getRequestURI().getRawPath(), UTF_8)
            + "?"
            + Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    requests.add(line);
    Optional<Fault> fault = faults.next(line);
    try (exchange) {
      byte[] body = body(exchange);
      if (fault.isPresent() && fault.get().kind() == Fault.Kind.STATUS) {
        error(exchange, fault.get().status());
      } else {
        perform(exchange, body, fault.map(Fault::kind).orElse(null));
      }
    }
  }

  private void perform(HttpExchange exchange, byte[] body, Fault.@Nullable Kind fault)
      throws IOException {
    try {
      answer(exchange, body, fault);
    } catch (FakeBucket.PreconditionFailed e) {
      error(exchange, 412);
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] raw = exchange.getRequestBody().readAllBytes();
    if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      return raw;
    }
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(raw))) {
      return plain.readAllBytes();
    }
  }

  private void answer(HttpExchange exchange, byte[] body, Fault.@Nullable Kind fault)
      throws IOException, FakeBucket.PreconditionFailed {
    Matcher path = OBJECTS.matcher(exchange.getRequestURI().getRawPath());
    Map<String, String> query = query(exchange);
    if (!path.matches()) {
      error(exchange, 400);
    } else if (!path.group(1).equals(bucket.name())) {
      error(exchange, 404);
    } else if (query.containsKey("upload_id")) {
      receive(exchange, uploads.session(query.get("upload_id")), body, fault);
    } else if (method(exchange).equals("POST")) {
      insert(exchange, query, body, fault);
    } else if (path.group(2) == null) {
      int page = Math.min(PAGE, Integer.parseInt(query.getOrDefault("maxResults", "1000")));
      String after = query.getOrDefault("pageToken", "");
      reply(exchange, 200, bucket.list(query.getOrDefault("prefix", ""), after, page), fault);
    } else {
      object(exchange, URLDecoder.decode(path.group(2), UTF_8), query, fault);
    }
  }

  /** The client cannot send PATCH and asks for it in a header of a POST. */
  private static String method(HttpExchange exchange) {
    String asked = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    return asked == null ? exchange.getRequestMethod() : asked;
  }

  private void object(
      HttpExchange exchange, String name, Map<String, String> query, Fault.@Nullable Kind fault)
      throws IOException, FakeBucket.PreconditionFailed {
    if (exchange.getRequestMethod().equals("DELETE")) {
      boolean deleted = bucket.delete(name, generation(query), metageneration(query));
      reply(exchange, deleted ? 204 : 404, null, fault);
      return;
    }
    if (method(exchange).equals("PATCH")) {
      Optional<FakeBucket.Entry> touched =
          bucket.touch(name, generation(query), metageneration(query));
      if (touched.isEmpty()) {
        error(exchange, 404);
      } else {
        reply(exchange, 200, bucket.describe(name, touched.get()), fault);
      }
      return;
    }
    Optional<FakeBucket.Entry> entry = bucket.get(name, generation(query));
    if (entry.isEmpty()) {
      error(exchange, 404);
    } else if ("media".equals(query.get("alt"))) {
      media(exchange, entry.get(), fault);
    } else {
      reply(exchange, 200, bucket.describe(name, entry.get()), fault);
    }
  }

  private static void media(
      HttpExchange exchange, FakeBucket.Entry entry, Fault.@Nullable Kind fault)
      throws IOException {
    byte[] content = entry.content().clone();
    if (fault == Fault.Kind.DAMAGED_DOWNLOAD) {
      content[content.length / 2] ^= 1;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
    if (from >= content.length && from > 0) {
      error(exchange, 416);
      return;
    }
    byte[] part = Arrays.copyOfRange(content, from, content.length);
    exchange.getResponseHeaders().set("x-goog-generation", Long.toString(entry.generation()));
    exchange.sendResponseHeaders(from > 0 ? 206 : 200, part.length == 0 ? -1 : part.length);
    int sent = fault == Fault.Kind.CUT_DOWNLOAD ? part.length / 2 : part.length;
    exchange.getResponseBody().write(part, 0, sent);
    exchange.getResponseBody().flush();
  }

  private void insert(
      HttpExchange exchange, Map<String, String> query, byte[] body, Fault.@Nullable Kind fault)
      throws IOException, FakeBucket.PreconditionFailed {
    if ("resumable".equals(query.get("uploadType"))) {
      String id = uploads.begin(JSON.readTree(body), generation(query));
      exchange
          .getResponseHeaders()
          .set(
              "Location",
              "%s/upload/storage/v1/b/%s/o?uploadType=resumable&upload_id=%s"
                  .formatted(host(), bucket.name(), id));
      reply(exchange, 200, null, fault);
      return;
    }
    MultipartUpload upload = MultipartUpload.parse(exchange, body);
    if (!upload.info().path("crc32c").asText().equals(Crc32c.of(upload.content()))) {
      error(exchange, 400);
      return;
    }
    String name = upload.info().path("name").asText();
    FakeBucket.Entry entry = bucket.put(name, upload.content(), generation(query));
    reply(exchange, 200, bucket.describe(name, entry), fault);
  }

  /** Takes a part of a resumable upload, or says how much came. */
  private void receive(
      HttpExchange exchange, FakeUploads.Session session, byte[] body, Fault.@Nullable Kind fault)
      throws IOException, FakeBucket.PreconditionFailed {
    boolean cut = fault == Fault.Kind.CUT_UPLOAD;
    byte[] part = cut ? Arrays.copyOf(body, body.length / 2) : body;
    boolean sound =
        uploads.receive(session, exchange.getRequestHeaders().getFirst("Content-Range"), part);
    if (cut) {
      return;
    }
    if (!sound) {
      error(exchange, 400);
    } else if (session.done().isPresent()) {
      reply(exchange, 200, bucket.describe(session.object(), session.done().get()), fault);
    } else {
      if (session.received() > 0) {
        exchange.getResponseHeaders().set("Range", "bytes=0-" + (session.received() - 1));
      }
      reply(exchange, 308, null, fault);
    }
  }

  private static void reply(
      HttpExchange exchange, int status, @Nullable ObjectNode json, Fault.@Nullable Kind fault)
      throws IOException {
    if (fault == Fault.Kind.LOST_ANSWER) {
      return;
    }
    if (json == null) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    byte[] content = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
  }

  private static void error(HttpExchange exchange, int status) throws IOException {
    ObjectNode json = JSON.createObjectNode();
    json.putObject("error").put("code", status).put("message", "fake " + status);
    reply(exchange, status, json, null);
  }

  private static @Nullable Long generation(Map<String, String> query) {
    String text = query.get("ifGenerationMatch");
    return text == null ? null : Long.valueOf(text);
  }

  private static @Nullable Long metageneration(Map<String, String> query) {
    String text = query.get("ifMetagenerationMatch");
    return text == null ? null : Long.valueOf(text);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts.length == 1 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return query;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
