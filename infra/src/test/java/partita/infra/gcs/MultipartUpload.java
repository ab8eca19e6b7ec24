package partita.infra.gcs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** An upload in one request, {@code multipart/related}: the object's resource, then its bytes. */
record MultipartUpload(JsonNode info, byte[] content) {

  static MultipartUpload parse(HttpExchange exchange, byte[] body) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    String boundary = type.replaceAll(".*boundary=\"?([^\";]+)\"?.*", "$1");
    String text = new String(body, ISO_8859_1); // keeps every byte
    List<byte[]> parts = new ArrayList<>();
    for (String part : text.split("(\r\n)?--" + java.util.regex.Pattern.quote(boundary), -1)) {
      int start = part.indexOf("\r\n\r\n");
      if (start >= 0) {
        parts.add(plain(part.substring(0, start), part.substring(start + 4)));
      }
    }
    return new MultipartUpload(
        new ObjectMapper().readTree(new String(parts.get(0), UTF_8)), parts.get(1));
  }

  private static byte[] plain(String headers, String content) throws IOException {
    byte[] raw = content.getBytes(ISO_8859_1);
    if (!headers.toLowerCase(Locale.ROOT).contains("content-encoding: gzip")) {
      return raw;
    }
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(raw))) {
      return plain.readAllBytes();
    }
  }
}
