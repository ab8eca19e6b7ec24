package partita.pipelines.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import partita.models.random.CounterRandom;
import partita.transforms.dataset.DatasetKind;
import partita.transforms.dataset.DatasetLocator;
import partita.transforms.dataset.DatasetOptions;
import partita.transforms.dataset.Datasets;
import partita.transforms.dataset.FolderIngest;
import partita.transforms.dataset.Ingest;
import partita.transforms.shard.ShardInputs;

/**
 * Ingestion of a folder of JPEG files of ImageNet's typical size, 500x375 and about 110 kB.
 * Decoding is nearly all of the time, so that the size stored hardly matters to it.
 */
final class JpegWorkload implements Workload {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 375;

  /** Deviation of the pixels' noise, which makes files as large as those of photographs. */
  private static final double NOISE = 22;

  private static final int PICTURES = 16;

  @Override
  public String name() {
    return "ingest-jpeg";
  }

  @Override
  public Work work(Map<String, Integer> sizes) {
    double images = sizes.get("n");
    double pixels = (double) WIDTH * HEIGHT + sizes.get("side") * sizes.get("side");
    return Work.memory(3 * pixels * images, images);
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    try (TemporaryFolder folder = TemporaryFolder.in(Path.of(order.folder()))) {
      Path raw = folder.path().resolve("raw");
      write(raw, order.size("n"));
      Ingest ingest =
          Datasets.ingest(
              DatasetKind.FOLDER,
              "jpeg",
              DatasetOptions.all(order.size("side"), 3),
              Optional.of(raw),
              DatasetLocator.system(folder.path().resolve("cache")));
      ShardInputs inputs =
          new ShardInputs(
              Map.of(),
              Map.of(
                  FolderIngest.IMAGES, ingest.files().get(FolderIngest.IMAGES).path().toString()));
      return StageShards.measure(
          ingest.task(), inputs, folder.path().resolve("store"), order.threads());
    }
  }

  /** A few pictures under many names: reading them from the page cache is what a warm disk does. */
  private static void write(Path raw, int images) throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
      ImageIO.write(picture(i), "jpeg", jpeg);
      pictures.add(jpeg.toByteArray());
    }
    for (int i = 0; i < images; i++) {
      Path label = Files.createDirectories(raw.resolve("class-" + i % 2));
      Files.write(label.resolve("%05d.jpg".formatted(i)), pictures.get(i % PICTURES));
    }
  }

  /** Slow waves of color under noise. */
  private static BufferedImage picture(int number) {
    CounterRandom random = new CounterRandom(number, "bench.jpeg");
    float[] noise = new float[WIDTH * HEIGHT * 3];
    random.normals(0, 0, noise, 0, noise.length);
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
          double wave = Math.sin((x + 2.0 * y + 50 * number) / (40 + 30 * channel));
          double value = 128 + 80 * wave + NOISE * noise[(y * WIDTH + x) * 3 + channel];
          rgb = rgb << 8 | (int) Math.max(0, Math.min(255, value));
        }
        image.setRGB(x, y, rgb);
      }
    }
    return image;
  }
}
