package partita.infra.lineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows by one event a line. The client's own {@code FileTransport} only logs that it
 * could not write, and refuses a name without a folder.
 */
final class EventFile extends Transport {
  private final Path file;

  EventFile(Path file) {
    this.file = file;
  }

  @Override
  public void emit(OpenLineage.RunEvent event) {
    append(event);
  }

  @Override
  public void emit(OpenLineage.DatasetEvent event) {
    append(event);
  }

  @Override
  public void emit(OpenLineage.JobEvent event) {
    append(event);
  }

  /** One write a line, so that lines of several processes do not mix. */
  private void append(Object event) {
    byte[] line = (OpenLineageClientUtils.toJson(event) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.write(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new OpenLineageClientException(e);
    }
  }
}
