package partita.models.weights;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** Files that weights.py and formats.py wrote, and what reading a file comes to. */
final class SampleFile {
  private SampleFile() {}

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = SampleFile.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  static Path copy(String name, Path folder) throws IOException {
    return Files.write(folder.resolve(name), bytes(name));
  }

  /** Reads every element. */
  static void readAll(Path path) throws IOException {
    try (WeightFile file = WeightFile.open(path)) {
      for (StoredTensor tensor : file.tensors().values()) {
        tensor.floats();
      }
    }
  }

  static void assertRefused(Path path, String reason) {
    String message = assertThrows(WeightFileException.class, () -> readAll(path)).getMessage();
    assertTrue(message.contains(reason), message);
    assertTrue(message.startsWith("Cannot read weights " + path + ": "), message);
  }

  static float[] floats(StoredTensor tensor) throws IOException {
    var buffer = tensor.floats().asFloatBuffer();
    float[] floats = new float[buffer.remaining()];
    buffer.get(floats);
    return floats;
  }

  /** The first elements of every array of floats of the scripts. */
  static float[] values(int count) {
    float[] values = new float[count];
    IntStream.range(0, count).forEach(i -> values[i] = (i % 16 - 8) / 8f);
    return values;
  }
}
