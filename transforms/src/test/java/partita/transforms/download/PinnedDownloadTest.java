package partita.transforms.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import partita.schemas.artifact.Sha256;

/** Downloads from a server on loopback. */
class PinnedDownloadTest {
  private static final byte[] CONTENT = "weights".repeat(10_000).getBytes();
  private static final String DIGEST = Sha256.of(CONTENT);

  private final AtomicInteger requests = new AtomicInteger();
  @TempDir Path cache;
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/model.pth", exchange -> answer(exchange, CONTENT));
    server.createContext(
        "/moved.pth",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/model.pth");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/local.pth",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "file:///etc/hostname");
          exchange.sendResponseHeaders(302, -1);
          exchange.close();
        });
    server.createContext(
        "/short.pth", exchange -> answer(exchange, Arrays.copyOf(CONTENT, 60_000)));
    server.start();
  }

  private void answer(HttpExchange exchange, byte[] sent) throws IOException {
    requests.incrementAndGet();
    exchange.sendResponseHeaders(200, CONTENT.length);
    exchange.getResponseBody().write(sent);
    exchange.close();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void fileIsDownloadedOnceAndFoundByItsDigestAfterwards() throws IOException {
    Path file = download("moved.pth", DIGEST).fetch(cache);
    assertArrayEquals(CONTENT, Files.readAllBytes(file));
    assertEquals(cache.resolve(DIGEST + "-moved.pth"), file);
    assertEquals(file, download("moved.pth", DIGEST).fetch(cache));
    assertEquals(1, requests.get());
    assertEquals(List.of(file), kept());
  }

  @Test
  void anotherFileThanThePinnedOneIsNotKept() throws IOException {
    String other = "0".repeat(64);
    assertRefused(
        download("model.pth", other),
        "Cannot use %s: its SHA-256 is %s, expected %s; nothing was kept"
            .formatted(uri("model.pth"), DIGEST, other));
  }

  @Test
  void downloadCutShortIsNotKept() throws IOException {
    assertRefused(download("short.pth", DIGEST), "it broke off after 60,000 of 70,000 bytes");
  }

  @Test
  void serverThatHasNoSuchFileOrIsNotThereIsNamed() throws IOException {
    assertRefused(download("absent.pth", DIGEST), "the server answered 404; check the address");
    server.stop(0);
    assertRefused(download("model.pth", DIGEST), "Connection refused");
  }

  @Test
  void userAndQueryOfAUrlAreNotShown() {
    URI secret = URI.create(uri("absent.pth?token=hush").toString().replace("//", "//me:hush@"));
    String message =
        assertThrows(DownloadException.class, () -> new PinnedDownload(secret, DIGEST).fetch(cache))
            .getMessage();
    assertTrue(message.contains(uri("absent.pth") + ": the server answered 404"), message);
    assertFalse(message.contains("hush"), message);
  }

  @Test
  void redirectToALocalFileIsRefused() throws IOException {
    assertRefused(download("local.pth", DIGEST), "the server names file:///etc/hostname instead");
  }

  @Test
  void urlsAndDigestsAreLookedAtFirst() {
    String address =
        assertThrows(
                IllegalArgumentException.class,
                () -> new PinnedDownload(URI.create("ftp://example.org/a"), DIGEST))
            .getMessage();
    assertEquals(
        "Cannot download ftp://example.org/a: expected a URL that begins with https:// or http://",
        address);
    String digest =
        assertThrows(IllegalArgumentException.class, () -> download("model.pth", "19c8e357"))
            .getMessage();
    assertTrue(digest.contains("'19c8e357', expected 64 hexadecimal digits"), digest);
  }

  private void assertRefused(PinnedDownload download, String reason) throws IOException {
    String message =
        assertThrows(DownloadException.class, () -> download.fetch(cache)).getMessage();
    assertTrue(message.contains(reason), message);
    assertEquals(List.of(), kept());
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.toList();
    }
  }

  private PinnedDownload download(String name, String digest) {
    return new PinnedDownload(uri(name), digest);
  }

  private URI uri(String name) {
    return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), name));
  }
}
