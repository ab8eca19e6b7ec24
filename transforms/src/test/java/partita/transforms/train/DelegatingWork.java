package partita.transforms.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import partita.schemas.artifact.WorkArea;

/** A work area that does what another does, for tests that watch or disturb it. */
public class DelegatingWork implements WorkArea {
  private final WorkArea work;

  public DelegatingWork(WorkArea work) {
    this.work = work;
  }

  @Override
  public void write(String name, byte[] content) throws IOException {
    work.write(name, content);
  }

  @Override
  public void publish(String name, Path file) throws IOException {
    work.publish(name, file);
  }

  @Override
  public Optional<byte[]> read(String name) throws IOException {
    return work.read(name);
  }

  @Override
  public Optional<Path> fetch(String name) throws IOException {
    return work.fetch(name);
  }

  @Override
  public List<String> list(String prefix) throws IOException {
    return work.list(prefix);
  }

  @Override
  public void delete(String name) throws IOException {
    work.delete(name);
  }

  @Override
  public void clear() throws IOException {
    work.clear();
  }
}
