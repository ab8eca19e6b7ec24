package partita.schemas.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.Arrays;

/**
 * Manifests as JSON, indented so that people can read them. The last member is {@code sha256}, the
 * digest of all bytes before it, so that no flipped bit passes for another value; manifests of
 * early stores lack it.
 */
public final class ManifestJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private static final int SEAL_BYTES = seal(new byte[0]).length();

  private ManifestJson() {}

  /** UTF-8 JSON of a manifest. */
  public static byte[] write(Manifest manifest) throws IOException {
    String json = JSON.writeValueAsString(manifest);
    String unsealed = json.substring(0, json.lastIndexOf('}')).stripTrailing();
    return (unsealed + seal(unsealed.getBytes(UTF_8))).getBytes(UTF_8);
  }

  private static String seal(byte[] unsealed) {
    return ",\n  \"sha256\" : \"%s\"\n}".formatted(Sha256.of(unsealed));
  }

  /** Reads a manifest; an error says {@code where} it was. */
  public static Manifest read(byte[] json, String where) throws IOException {
    try {
      Manifest manifest = JSON.readValue(unseal(json), Manifest.class);
      if (manifest == null) {
        throw new IOException(
            "Cannot read manifest %s: it is empty; evict it to run its stage again"
                .formatted(where));
      }
      return manifest;
    } catch (UnrecognizedPropertyException e) {
      boolean seal = e.getPropertyName().equals("sha256");
      throw refused(where, seal ? "its bytes are not those that were written" : text(e), e);
    } catch (JsonProcessingException e) {
      throw refused(where, text(e), e);
    }
  }

  private static String text(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage());
  }

  private static IOException refused(String where, String why, Exception cause) {
    return new IOException(
        "Cannot read manifest %s: %s; evict it to run its stage again".formatted(where, why),
        cause);
  }

  /**
   * The JSON without its seal, if that is right; otherwise as it is, and a seal that is wrong will
   * be refused as a member that no manifest has.
   */
  private static byte[] unseal(byte[] json) {
    int end = json.length - SEAL_BYTES;
    if (end <= 0) {
      return json;
    }
    byte[] unsealed = Arrays.copyOf(json, end);
    byte[] found = Arrays.copyOfRange(json, end, json.length);
    if (!Arrays.equals(found, seal(unsealed).getBytes(UTF_8))) {
      return json;
    }
    byte[] closed = Arrays.copyOf(json, end + 1);
    closed[end] = '}';
    return closed;
  }
}
