package partita.schemas.artifact;

import java.io.IOException;

/**
 * Opens the store behind a root: a folder, or an address whose scheme a {@link Provider} serves.
 */
public final class ArtifactStores {

  /** Serves the roots of one scheme, {@code gs://}; found by {@link java.util.ServiceLoader}. */
  public interface Provider {
    boolean serves(String root);

    ArtifactStore open(String root) throws IOException;
  }

  private ArtifactStores() {}

  /** Opens the store at {@code root}, creating an empty one when nothing is there. */
  public static ArtifactStore open(String root) throws IOException {
    throw new IOException("Cannot open " + root);
  }
}
