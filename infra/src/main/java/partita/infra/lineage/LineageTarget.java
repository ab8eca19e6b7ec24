package partita.infra.lineage;

import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.Transport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where lineage goes: a file, or a server that takes OpenLineage events by POST.
 *
 * @param shown for people: the file, or the address without name and password
 * @param file the file, if it is one
 * @param server the server without name and password, if it is one
 * @param headers what each request carries besides the event: name and password, if there are any
 */
public record LineageTarget(
    String shown, Optional<Path> file, Optional<URI> server, Map<String, String> headers) {
  private static final int MOST_PORT = 65_535;

  /**
   * The target that a user names.
   *
   * @throws IllegalArgumentException when it cannot be one; the message holds no password
   */
  public static LineageTarget parse(String given) {
    return given.contains("://") ? server(given) : file(given);
  }

  private static LineageTarget file(String given) {
    if (given.matches("[A-Za-z0-9.-]+:\\d+(/.*)?")) {
      throw refused(given); // an address without http://
    }
    try {
      Path file = Path.of(given).toAbsolutePath();
      Path folder = file.getParent();
      if (given.isEmpty()
          || folder == null
          || !Files.isDirectory(folder)
          || Files.isDirectory(file)) {
        throw refused(given);
      }
      return new LineageTarget(given, Optional.of(file), Optional.empty(), Map.of());
    } catch (InvalidPathException e) {
      throw refused(given);
    }
  }

  private static LineageTarget server(String given) {
    try {
      URI uri = new URI(given);
      if (uri.getHost() == null
          || strayUser(uri)
          || uri.getPort() > MOST_PORT
          || !uri.getScheme().toLowerCase(Locale.ROOT).matches("https?")
          || uri.getRawQuery() != null
          || uri.getRawFragment() != null) {
        throw refused(given);
      }
      URI plain = plain(uri);
      return new LineageTarget(
          plain.toString(), Optional.empty(), Optional.of(plain), headers(uri.getUserInfo()));
    } catch (URISyntaxException e) {
      // Not kept as the cause: it quotes the address with its password.
      throw refused(given);
    }
  }

  /** Whether what may be a password was read as port, path or fragment. */
  private static boolean strayUser(URI uri) {
    return uri.getUserInfo() == null && uri.toString().contains("@");
  }

  private static IllegalArgumentException refused(String given) {
    return new IllegalArgumentException(
        "Cannot send lineage to '%s': expected a file in a folder that exists, or http://host:port with at most a path behind it"
            .formatted(withoutPassword(given)));
  }

  /** Without user, query and fragment; a slash alone is no path, so that the usual one is used. */
  private static URI plain(URI uri) throws URISyntaxException {
    String path = "/".equals(uri.getPath()) ? "" : uri.getPath();
    return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), path, null, null);
  }

  private static Map<String, String> headers(@Nullable String userInfo) {
    if (userInfo == null) {
      return Map.of();
    }
    byte[] bytes = userInfo.getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
  }

  /** A target as the user named it, but of an address without all that may be secret. */
  public static String withoutPassword(String given) {
    if (!given.contains("://")) {
      return given;
    }
    try {
      URI uri = new URI(given);
      if (uri.getHost() != null && !strayUser(uri)) {
        return plain(uri).toString();
      }
    } catch (URISyntaxException e) {
      // An address that is none is cut without knowing its parts.
    }
    return given.replaceFirst("://.*@", "://").replaceFirst("[?#].*", "");
  }

  /** Opens the way to it; a request takes as long as {@code timeout} at most for each step. */
  Transport open(Duration timeout) {
    if (file.isPresent()) {
      return new LineageFile(file.get());
    }
    HttpConfig config = new HttpConfig();
    config.setUrl(server.orElseThrow());
    config.setTimeoutInMillis((int) timeout.toMillis());
    config.setHeaders(headers);
    return new HttpTransport(config);
  }
}
