package partita.transforms.download;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import partita.schemas.artifact.Sha256;

/**
 * A file that a URL names and its SHA-256 pins. It is downloaded once: the cache holds it under its
 * digest, and only once it is whole and the digest was found right.
 *
 * @param uri http or https
 * @param sha256 64 lower-case hexadecimal digits
 */
public record PinnedDownload(URI uri, String sha256) {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final int MOST_REDIRECTS = 5;

  public PinnedDownload {
    if (!isUrl(uri.toString()) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "Cannot download " + uri + ": expected a URL that begins with https:// or http://");
    }
    if (!isSha256(sha256)) {
      throw new IllegalArgumentException(
          "Cannot download %s: its SHA-256 is '%s', expected 64 hexadecimal digits"
              .formatted(uri, sha256));
    }
  }

  /** Whether a text names something to download and no file. */
  public static boolean isUrl(String text) {
    return text.startsWith("https://") || text.startsWith("http://");
  }

  /** Whether a text can be a digest. */
  public static boolean isSha256(String text) {
    return text.matches("[0-9a-f]{64}");
  }

  /** The URL as people are shown it: without user and query, which may be secret. */
  public String address() {
    return shown(uri);
  }

  private static String shown(URI uri) {
    String host = uri.getHost() == null ? "" : uri.getHost();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return uri.getScheme() + "://" + host + port + uri.getPath();
  }

  /** Where a cache holds the file, once it was fetched. */
  public Path file(Path cache) {
    return cache.resolve(sha256 + "-" + name());
  }

  /**
   * The file, from the cache if it is there.
   *
   * @param cache folder of all downloads
   * @throws DownloadException if it cannot be had or has another digest
   */
  public Path fetch(Path cache) throws IOException {
    Path file = file(cache);
    if (Files.isRegularFile(file)) {
      return file;
    }
    Files.createDirectories(cache);
    Path part = Files.createTempFile(cache, "download-", ".part");
    part.toFile().deleteOnExit(); // Ctrl-C while it is downloaded
    try {
      download(part);
      String found = Sha256.of(part);
      if (!found.equals(sha256)) {
        throw new DownloadException(
            "Cannot use %s: its SHA-256 is %s, expected %s; nothing was kept"
                .formatted(address(), found, sha256));
      }
      return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void download(Path target) throws IOException {
    try {
      HttpURLConnection connection = open();
      try (InputStream in = connection.getInputStream()) {
        long bytes = Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
        long promised = connection.getContentLengthLong();
        if (bytes < promised) {
          throw new IOException("it broke off after %,d of %,d bytes".formatted(bytes, promised));
        }
      }
    } catch (DownloadException e) {
      throw e;
    } catch (IOException e) {
      throw new DownloadException(
          "Cannot download %s: %s; try again, or get the file by other means and name it instead"
              .formatted(address(), e),
          e);
    }
  }

  /** Follows redirects, from one protocol to the other too: the digest pins the content. */
  private HttpURLConnection open() throws IOException {
    URI current = uri;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpURLConnection connection = (HttpURLConnection) current.toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      if (status == HttpURLConnection.HTTP_OK) {
        return connection;
      }
      String location = connection.getHeaderField("Location");
      if (status / 100 != 3 || location == null) {
        throw new DownloadException(
            "Cannot download %s: the server answered %d; check the address"
                .formatted(shown(current), status));
      }
      current = current.resolve(location);
      if (!isUrl(current.toString())) {
        throw new DownloadException(
            "Cannot download %s: the server names %s instead".formatted(address(), shown(current)));
      }
    }
    throw new DownloadException(
        "Cannot download %s: more than %d redirects".formatted(address(), MOST_REDIRECTS));
  }

  private String name() {
    String path = uri.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
    return name.isEmpty() || name.startsWith(".") ? "file" : name;
  }
}
