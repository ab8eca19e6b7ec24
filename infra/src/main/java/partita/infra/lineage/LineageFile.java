package partita.infra.lineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClientException;
import io.openlineage.client.OpenLineageClientUtils;
import io.openlineage.client.transports.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that grows by one event a line. The client's own {@code FileTransport} only logs that it
 * could not write, and refuses a name without a folder.
 */
final class LineageFile extends Transport {
  private final Path file;

  LineageFile(Path file) {
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
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(ByteBuffer.wrap(line));
    } catch (IOException e) {
      throw new OpenLineageClientException(e);
    }
  }
}
