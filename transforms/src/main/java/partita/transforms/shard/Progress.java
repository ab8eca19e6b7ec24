package partita.transforms.shard;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import partita.schemas.artifact.WorkArea;

/**
 * How far a shard is.
 *
 * @param done units finished
 * @param total units in all
 * @param unit what is counted, {@code images} or {@code steps}
 * @param rate units a second
 * @param values what else is worth watching, {@code loss.D}
 */
public record Progress(long done, long total, String unit, double rate, Map<String, Double> values)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Progress {
    values = Map.copyOf(values);
  }

  static String name(int shard) {
    return "progress/%05d.json".formatted(shard);
  }

  static void write(WorkArea work, int shard, Progress progress) throws IOException {
    work.note(name(shard), JSON.writeValueAsBytes(progress));
  }

  /** The last progress of a shard, if it has said anything. */
  public static Optional<Progress> read(WorkArea work, int shard) throws IOException {
    Optional<byte[]> content = work.read(name(shard));
    return content.isEmpty()
        ? Optional.empty()
        : Optional.of(JSON.readValue(content.get(), Progress.class));
  }
}
