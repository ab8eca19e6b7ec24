package partita.infra.gcs;

import java.io.IOException;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.ArtifactStores;

/**
 * Serves roots {@code gs://bucket/folder} with the application default credentials, or with what
 * {@link GcsClient} says about an emulator.
 */
public final class GcsProvider implements ArtifactStores.Provider {

  @Override
  public String scheme() {
    return GcsRoot.SCHEME;
  }

  @Override
  public ArtifactStore open(String root) throws IOException {
    return GcsStore.open(
        GcsRoot.parse(root), GcsClient.shared(), LocalCache.of(System.getenv()), LeaseTerms.USUAL);
  }

  @Override
  public ArtifactStore read(String root) throws IOException {
    return GcsStore.read(
        GcsRoot.parse(root), GcsClient.shared(), LocalCache.of(System.getenv()), LeaseTerms.USUAL);
  }

  @Override
  public boolean isThere(String root) throws IOException {
    return !read(root).readOnly();
  }
}
