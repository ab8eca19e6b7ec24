package partita.schemas.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The files of a store by their names in {@link StoreLayout}, for what looks after the whole of it:
 * verification and garbage collection. Artifacts are made and read by {@link ArtifactStore} alone.
 */
public interface StoreFiles {

  /** Files whose names begin with {@code prefix}, a folder's name with a slash or more, sorted. */
  List<StoredFile> list(String prefix) throws IOException;

  /**
   * A file's bytes as they lie in the store, no copy of them elsewhere.
   *
   * @throws java.nio.file.NoSuchFileException when it is not there
   */
  InputStream open(String name) throws IOException;

  /** Marks a file as in use now; false when it is not there. */
  boolean touch(String name) throws IOException;

  /**
   * Removes a file unless it was written or touched since it was listed: of somebody who begins to
   * use it and somebody who removes it at the same time, one learns of the other.
   *
   * @return whether it is gone
   */
  boolean remove(StoredFile file) throws IOException;
}
