package partita.models.neighbor;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import partita.models.random.CounterRandom;
import partita.models.row.RowSource;

/**
 * Builds a graph over a memory-mapped file of normal features and prints time and peak memory; run
 * in a JVM of its own with a small heap: {@code NeighborGraphMemory <rows> <width> <k>}.
 */
public final class NeighborGraphMemory {
  private NeighborGraphMemory() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rows = Integer.parseInt(args[0]);
    int width = Integer.parseInt(args[1]);
    int k = Integer.parseInt(args[2]);
    Path file = Files.createTempFile("rows", ".bin");
    try {
      RowSource source = mapped(file, rows, width);
      long start = System.nanoTime();
      NeighborLists graph =
          NeighborGraph.of(source, Similarity.COSINE, k, PairShards.BLOCK_ROWS, 1);
      long ids = Arrays.stream(graph.ids()).filter(id -> id >= 0).count();
      System.out.printf(
          "%d neighbors in %.1f s, heap at most %d MiB%n",
          ids, (System.nanoTime() - start) / 1e9, Runtime.getRuntime().maxMemory() >> 20);
      Path status = Path.of("/proc/self/status");
      if (Files.exists(status)) {
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM") || line.startsWith("RssFile"))
            .forEach(System.out::println);
      }
    } finally {
      Files.delete(file);
    }
  }

  private static RowSource mapped(Path file, int rows, int width) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      FloatBuffer values =
          channel
              .map(FileChannel.MapMode.READ_WRITE, 0, 4L * rows * width)
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
      CounterRandom random = new CounterRandom(1, "rows");
      float[] row = new float[width];
      for (int i = 0; i < rows; i++) {
        random.normals(0, i, row, 0, width);
        values.put(i * width, row);
      }
      return new MappedRows(values, rows, width);
    }
  }

  private record MappedRows(FloatBuffer values, long rows, int width) implements RowSource {
    @Override
    public void read(long row, int count, FloatBuffer target) {
      target.put(values.slice((int) row * width, count * width));
    }
  }
}
