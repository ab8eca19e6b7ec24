package partita.models.network;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Lines of a golden file, which the script beside it writes: {@code case kind rest...}. */
public record GoldenLines(List<List<String>> lines) {

  /** Lines of one case of {@code biggan_reference.txt}. */
  static GoldenLines of(String name) throws IOException {
    return of("biggan_reference.txt", name);
  }

  /**
   * Lines of one case of a file.
   *
   * @param file resource name, absolute or beside this class
   */
  public static GoldenLines of(String file, String name) throws IOException {
    try (InputStream in = Objects.requireNonNull(GoldenLines.class.getResourceAsStream(file))) {
      return new GoldenLines(
          new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .map(line -> List.of(line.split(" ")))
              .filter(fields -> fields.get(0).equals(name))
              .toList());
    }
  }

  /** What follows {@code kind} in each of its lines, in order. */
  public List<List<String>> of(int column, String kind) {
    return lines.stream()
        .filter(fields -> fields.get(column).equals(kind))
        .map(fields -> fields.subList(column + 1, fields.size()))
        .toList();
  }

  /** The numbers of the line that starts with {@code kind what}. */
  public double[] numbers(String kind, String what) {
    return of(1, kind).stream()
        .filter(fields -> fields.get(0).equals(what))
        .findFirst()
        .orElseThrow()
        .stream()
        .skip(1)
        .mapToDouble(Double::parseDouble)
        .toArray();
  }
}
