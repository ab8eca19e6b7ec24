package partita.models.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** What PIL made of the files beside {@code golden.py}. */
record Golden(String name, Image image) {

  static List<Golden> all() throws IOException {
    return new String(content("golden.txt"), StandardCharsets.US_ASCII)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(Golden::parse)
        .toList();
  }

  static Image image(String name) throws IOException {
    return all().stream()
        .filter(golden -> golden.name.equals(name))
        .map(Golden::image)
        .findFirst()
        .orElseThrow();
  }

  static byte[] content(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream(file), file)) {
      return in.readAllBytes();
    }
  }

  /** Fails unless both have one shape and no value differs by more than {@code tolerance}. */
  static void assertClose(Image expected, Image actual, int tolerance, String what) {
    assertEquals(
        List.of(expected.channels(), expected.height(), expected.width()),
        List.of(actual.channels(), actual.height(), actual.width()),
        what);
    int worst = 0;
    for (int i = 0; i < expected.pixels().length; i++) {
      worst =
          Math.max(worst, Math.abs((expected.pixels()[i] & 0xFF) - (actual.pixels()[i] & 0xFF)));
    }
    assertTrue(worst <= tolerance, what + " is off by " + worst);
  }

  private static Golden parse(String line) {
    String[] fields = line.split(" ");
    int channels = fields[1].equals("L") ? 1 : 3;
    byte[] pixels = Base64.getDecoder().decode(fields[4]);
    return new Golden(
        fields[0],
        new Image(channels, Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), pixels));
  }
}
