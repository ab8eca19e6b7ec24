package partita.runners.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import partita.models.image.Image;
import partita.models.image.ImageDecoder;
import partita.models.train.ImageSource;
import partita.schemas.table.FeatureTable;
import partita.schemas.table.TableWriter;

/** Files to be scored in a folder of a test, and the command {@code score} over them. */
abstract class ScoreFixture {
  static final int WIDTH = 6;

  /** A ResNet of blocks 1, 1 with random weights and three classes. */
  static final Path WEIGHTS =
      Path.of("../models/src/test/resources/partita/models/weights/resnet-classes-zip.pth");

  @TempDir Path folder;
  private ToyTerminal terminal;

  @BeforeEach
  void openTerminal() {
    terminal = new ToyTerminal(folder);
  }

  /** One sentence, exit code 2 and no artifact more than before. */
  void assertRefused(String message, String... words) throws IOException {
    long before = artifacts();
    assertEquals(CommandLine.BAD_INPUT, run(words), () -> out() + err());
    assertTrue(err().contains(message), err());
    assertEquals(1, err().lines().count(), err());
    assertEquals(before, artifacts());
  }

  long artifacts() throws IOException {
    Path manifests = folder.resolve("artifacts/manifests");
    if (!Files.isDirectory(manifests)) {
      return 0;
    }
    try (Stream<Path> found = Files.walk(manifests)) {
      return found.filter(Files::isRegularFile).count();
    }
  }

  static double value(Map<String, JsonNode> figures, String metric) {
    JsonNode figure = figures.get(metric);
    assertFalse(figure == null, () -> metric + " is not in " + figures.keySet());
    return figure.path("value").asDouble();
  }

  /** Figures by their names, those of which there are several followed by their definitions. */
  Map<String, JsonNode> score(String... words) throws IOException {
    Path file = folder.resolve("figures.json");
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--json=" + file);
    assertEquals(CommandLine.OK, run(all.toArray(String[]::new)), () -> out() + err());
    Map<String, JsonNode> figures = new LinkedHashMap<>();
    JsonNode list = new ObjectMapper().readTree(shown(Files.readString(file)));
    Map<String, Integer> counts = new HashMap<>();
    list.forEach(figure -> counts.merge(figure.path("metric").asText(), 1, Integer::sum));
    list.forEach(
        figure -> {
          String name = figure.path("metric").asText();
          String definition = " " + figure.path("definition").asText();
          figures.put(counts.get(name) == 1 ? name : name + definition, figure);
        });
    return figures;
  }

  /** Runs the command; names of sides are those of files below the test's folder. */
  int run(String... words) {
    List<String> all = new ArrayList<>(List.of("score"));
    all.addAll(List.of(words));
    all.addAll(List.of("--runner=DirectRunner", "--parallelism=1", "--threads=1"));
    all.replaceAll(this::absolute);
    return terminal.run(all);
  }

  /** Runs another command. */
  int command(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.add("--runner=DirectRunner");
    return terminal.run(all);
  }

  private String absolute(String word) {
    for (String side :
        List.of(
            "--real=", "--generated=", "--labels=", "--classCounts=", "--masks=", "--layouts=")) {
      if (word.startsWith(side)) {
        List<String> sets = new ArrayList<>();
        for (String set : word.substring(side.length()).split(",", -1)) {
          Path file = folder.resolve(set.contains(":") ? "none" : set);
          sets.add(Files.exists(file) ? file.toString() : set);
        }
        return side + String.join(",", sets);
      }
    }
    return word;
  }

  /** What was printed, the test's folder left out of names. */
  String out() {
    return shown(terminal.out());
  }

  String err() {
    return shown(terminal.err());
  }

  private String shown(String text) {
    return text.replace(folder + "/", "");
  }

  static float[] normal(int rows, long seed, double shift) {
    Random random = new Random(seed);
    float[] values = new float[rows * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + shift);
    }
    return values;
  }

  void arrow(String name, float[] values) throws IOException {
    arrow(name, values, WIDTH);
  }

  /** As {@code numpy.save} writes int64 [N]. */
  void labels(String name, int... values) throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      elements.putLong(value);
    }
    npy(name, "<i8", "(%d,)".formatted(values.length), elements.array());
  }

  /** As {@code numpy.save} writes a float64 matrix in C order. */
  void npy(String name, float[] values) throws IOException {
    npy(name, values, WIDTH);
  }

  void npy(String name, float[] values, int width) throws IOException {
    ByteBuffer elements = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      elements.putDouble(value);
    }
    npy(name, "<f8", "(%d, %d)".formatted(values.length / width, width), elements.array());
  }

  private void npy(String name, String type, String shape, byte[] elements) throws IOException {
    String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
    ByteBuffer bytes = ByteBuffer.allocate(128 + elements.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}).putShort((short) 118);
    bytes.put(
        (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
    bytes.put(elements);
    Files.write(folder.resolve(name), bytes.array());
  }

  void arrow(String name, float[] values, int width) throws IOException {
    int rows = values.length / width;
    try (TableWriter writer =
        TableWriter.create(folder.resolve(name), "features", FeatureTable.schema(width), 16)) {
      writer.append(rows, LongStream.range(0, rows).toArray(), values);
      writer.commit();
    }
  }

  List<Path> images(String name, int count, int side, long seed) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Random random = new Random(seed);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      for (int pixel = 0; pixel < side * side; pixel++) {
        image.setRGB(pixel % side, pixel / side, random.nextInt(1 << 24));
      }
      files.add(write("%s/%d.png".formatted(name, 1000 + i), image));
    }
    return files;
  }

  /** A label map: gray PNG whose values are classes, row by row. */
  Path map(String name, int width, int... classes) throws IOException {
    BufferedImage image =
        new BufferedImage(width, classes.length / width, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSamples(0, 0, width, classes.length / width, 0, classes);
    Files.createDirectories(folder.resolve(name).getParent());
    return write(name, image);
  }

  Path write(String name, BufferedImage image) throws IOException {
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  /** Images of files, decoded when they are asked for. */
  record Decoded(List<Path> files, int side) implements ImageSource {
    @Override
    public long rows() {
      return files.size();
    }

    @Override
    public int channels() {
      return 3;
    }

    @Override
    public int height() {
      return side;
    }

    @Override
    public int width() {
      return side;
    }

    @Override
    public void gather(long[] rows, ByteBuffer target) throws IOException {
      for (long row : rows) {
        Image image = ImageDecoder.decode(Files.readAllBytes(files.get((int) row)));
        target.put(image.pixels());
      }
    }
  }
}
