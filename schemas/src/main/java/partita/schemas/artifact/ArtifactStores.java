package partita.schemas.artifact;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Opens a store, and makes one where there is none. */
    ArtifactStore open(String root) throws IOException;

    /** Opens a store to look at; where there is none, it looks empty. */
    ArtifactStore read(String root) throws IOException;

    /** Whether there is a store. */
    boolean isThere(String root) throws IOException;
  }

  private ArtifactStores() {}

  /** Opens the store at {@code root}, creating an empty one when nothing is there. */
  public static ArtifactStore open(String root) throws IOException {
    Optional<Path> folder = folder(root);
    return folder.isPresent() ? LocalStore.open(root, folder.get()) : provider(root).open(root);
  }

  /**
   * Opens the store at {@code root} to look at: none is made where there is none, and it need not
   * be one that can be written.
   */
  public static ArtifactStore read(String root) throws IOException {
    Optional<Path> folder = folder(root);
    return folder.isPresent() ? LocalStore.read(root, folder.get()) : provider(root).read(root);
  }

  /** Whether there is a store at {@code root}. */
  public static boolean isThere(String root) throws IOException {
    Optional<Path> folder = folder(root);
    return folder.isPresent() ? LocalStore.isThere(folder.get()) : provider(root).isThere(root);
  }

  /** The folder that a root is, unless it is an address of something else. */
  private static Optional<Path> folder(String root) throws IOException {
    if (root.isBlank()) {
      throw new IOException("Cannot open artifact root '': expected a folder or an address");
    }
    Matcher address = ADDRESS.matcher(root);
    if (!address.matches()) {
      return Optional.of(Path.of(root));
    }
    return address.group(1).equals("file") ? Optional.of(pathOf(root)) : Optional.empty();
  }

  private static Provider provider(String root) throws IOException {
    List<String> served = new ArrayList<>(List.of("a folder", "file://"));
    for (Provider provider : ServiceLoader.load(Provider.class)) {
      if (provider.serves(root)) {
        return provider;
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

  private static Path pathOf(String root) throws IOException {
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
