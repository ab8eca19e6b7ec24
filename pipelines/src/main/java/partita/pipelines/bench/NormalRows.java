package partita.pipelines.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import partita.models.random.CounterRandom;

/** Random rows in the form in which the peers dump them, for measurements without a peer. */
final class NormalRows {
  private static final long SEED = 1;

  private NormalRows() {}

  /** Writes the array {@code x}, normals {@code [n, d]} float32. */
  static void write(Path folder, int n, int d) throws IOException {
    CounterRandom random = new CounterRandom(SEED, "bench.rows");
    float[] row = new float[d];
    ByteBuffer bytes = ByteBuffer.allocate(d * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("x.bin")))) {
      for (int i = 0; i < n; i++) {
        random.normals(0, i, row, 0, d);
        bytes.clear().asFloatBuffer().put(row);
        out.write(bytes.array());
      }
    }
    Files.writeString(
        folder.resolve("x.json"), "{\"shape\": [%d, %d], \"dtype\": \"float32\"}".formatted(n, d));
  }
}
