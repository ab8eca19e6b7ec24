package partita.pipelines.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import partita.models.random.CounterRandom;

/**
 * Rows around a few hundred centers, as features of images are, in the form in which the peers dump
 * theirs. Rows without any structure would be the worst case of k-means, which decides rows between
 * two centroids once more.
 */
final class ClusteredRows {
  private static final long SEED = 1;
  private static final int CENTERS = 250;

  private ClusteredRows() {}

  /** Writes the array {@code x}, {@code [n, d]} float32: a center and as much noise. */
  static void write(Path folder, int n, int d) throws IOException {
    float[] centers = new float[CENTERS * d];
    new CounterRandom(SEED, "bench.centers").normals(0, 0, centers, 0, centers.length);
    CounterRandom noise = new CounterRandom(SEED, "bench.rows");
    float[] row = new float[d];
    ByteBuffer bytes = ByteBuffer.allocate(d * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("x.bin")))) {
      for (int i = 0; i < n; i++) {
        noise.normals(0, i, row, 0, d);
        int center = noise.below(CENTERS, 1, i, 0) * d;
        for (int j = 0; j < d; j++) {
          row[j] += centers[center + j];
        }
        bytes.clear().asFloatBuffer().put(row);
        out.write(bytes.array());
      }
    }
    Files.writeString(
        folder.resolve("x.json"), "{\"shape\": [%d, %d], \"dtype\": \"float32\"}".formatted(n, d));
  }
}
