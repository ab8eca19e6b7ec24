package partita.schemas.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens the store behind a root: a folder, or an address whose scheme a {@link Provider} serves.
 */
public final class ArtifactStores {
  private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+)://.*");

  /** Serves the roots of one scheme, {@code gs://}; found by {@link ServiceLoader}. */
  public interface Provider {
    /** The scheme, {@code gs}. */
    String scheme();

    default boolean serves(String root) {
      return root.startsWith(scheme() + "://");
    }

    ArtifactStore open(String root) throws IOException;
  }

  private ArtifactStores() {}

  /** Opens a store in a folder. */
  @FunctionalInterface
  private interface Opening {
    ArtifactStore open(String given, Path folder) throws IOException;
  }

  /** Opens the store at {@code root}, creating an empty one when nothing is there. */
  public static ArtifactStore open(String root) throws IOException {
    return open(root, LocalStore::open);
  }

  /**
   * Opens the store at {@code root} to look at: nothing is made in a folder that is misspelled or
   * may only be read.
   */
  public static ArtifactStore read(String root) throws IOException {
    return open(root, LocalStore::read);
  }

  private static ArtifactStore open(String root, Opening local) throws IOException {
    if (root.isBlank()) {
      throw new IOException("Cannot open artifact root '': expected a folder or an address");
    }
    Matcher address = ADDRESS.matcher(root);
    if (!address.matches()) {
      return local.open(root, Path.of(root));
    }
    if (address.group(1).equals("file")) {
      return local.open(root, folder(root));
    }
    List<String> served = new ArrayList<>(List.of("a folder", "file://"));
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      if (provider.serves(root)) {
        return provider.open(root);
      }
      served.add(provider.scheme() + "://");
    }
    throw new IOException(
        "Cannot open artifact root " + root + ": expected one of " + String.join(", ", served));
  }

  /** The same root in words that mean the same to a process that has another working folder. */
  public static String absolute(String root) {
    return ADDRESS.matcher(root).matches()
        ? root
        : Path.of(root).toAbsolutePath().normalize().toString();
  }

  private static Path folder(String root) throws IOException {
    try {
      return Path.of(URI.create(root));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "Cannot open artifact root "
              + root
              + ": expected file:///folder ("
              + e.getMessage()
              + ")",
          e);
    }
  }
}
