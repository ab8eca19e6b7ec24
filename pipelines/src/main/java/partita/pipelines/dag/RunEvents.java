package partita.pipelines.dag;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import partita.schemas.artifact.WriteFailure;

/** Appends what happens in a run to {@code events.jsonl} in the run's folder. */
public final class RunEvents implements AutoCloseable {
  private static final String FILE = "events.jsonl";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path runFolder;
  private final Writer writer;
  private final Instant began;

  private RunEvents(Path runFolder, Writer writer, Instant began) {
    this.runFolder = runFolder;
    this.writer = writer;
    this.began = began;
  }

  /** Opens the log of a run that begins now. */
  public static RunEvents open(Path runFolder) throws IOException {
    return new RunEvents(
        runFolder,
        Files.newBufferedWriter(
            runFolder.resolve(FILE),
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND),
        Instant.now());
  }

  /** Writes one event and flushes it, so that a killed run keeps it. */
  public synchronized void append(
      String stage, String kind, String message, Map<String, Double> values) throws IOException {
    Instant now = Instant.now();
    double seconds = Duration.between(began, now).toMillis() / 1000.0;
    RunEvent event =
        new RunEvent(now.toString(), seconds, stage, kind, message, new TreeMap<>(values));
    try {
      writer.write(JSON.writeValueAsString(event));
      writer.write('\n');
      writer.flush();
    } catch (IOException e) {
      throw WriteFailure.of(FILE, runFolder, e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }

  /** All whole events of a run's folder; a last line cut short by a kill is left out. */
  public static List<RunEvent> read(Path runFolder) throws IOException {
    List<RunEvent> events = new ArrayList<>();
    if (!Files.exists(runFolder.resolve(FILE))) {
      return events;
    }
    for (String line : Files.readAllLines(runFolder.resolve(FILE))) {
      try {
        events.add(JSON.readValue(line, RunEvent.class));
      } catch (JsonProcessingException cutShort) {
        break;
      }
    }
    return events;
  }
}
