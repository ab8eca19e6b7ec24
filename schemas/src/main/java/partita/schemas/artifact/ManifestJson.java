package partita.schemas.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;

/** Manifests as JSON, indented so that people can read them. */
public final class ManifestJson {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);

  private ManifestJson() {}

  /** UTF-8 JSON of a manifest. */
  public static byte[] write(Manifest manifest) throws IOException {
    return JSON.writeValueAsBytes(manifest);
  }

  /** Reads a manifest; an error says {@code where} it was. */
  public static Manifest read(byte[] json, String where) throws IOException {
    try {
      return JSON.readValue(json, Manifest.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "Cannot read manifest "
              + where
              + ": "
              + e.getOriginalMessage()
              + "; remove it to run its stage again",
          e);
    }
  }
}
