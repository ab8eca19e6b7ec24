package partita.pipelines.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import partita.pipelines.dag.BadInputException;

/**
 * JSON that an earlier command wrote, to be compared with what a later one finds.
 *
 * @param expected what the file is to be, for messages
 */
public record EarlierFile(Path file, String expected) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Its content.
   *
   * @throws BadInputException when it cannot be read or is no JSON
   */
  public JsonNode read() {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw other("it is no JSON");
    } catch (IOException e) {
      throw other("it cannot be read");
    }
  }

  /** The error for a file that is something else. */
  public BadInputException other(String found) {
    return new BadInputException(
        "Cannot compare with %s: %s; expected %s".formatted(file, found, expected));
  }
}
