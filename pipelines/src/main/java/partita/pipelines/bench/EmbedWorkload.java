package partita.pipelines.bench;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import partita.models.embed.ImageEmbedder;
import partita.models.embed.ImageNetPreparation;
import partita.models.embed.PreparedNetwork;
import partita.models.network.ResNet;
import partita.models.network.ResNetConfig;
import partita.models.op.NativeThreads;
import partita.models.train.ImageSource;

/**
 * Features of images by ResNet-50 at 224x224, with random weights: time does not depend on them.
 */
final class EmbedWorkload implements Workload {
  private static final int SIDE = 64;
  private static final int BATCH = 16;
  private static final long SEED = 1;

  /** Multiply-adds of an image, as torchvision states them. */
  private static final double ADDITIONS = 4.09e9;

  @Override
  public String name() {
    return "embed";
  }

  @Override
  public Work work(Map<String, Integer> sizes) {
    return Work.singles(2 * ADDITIONS * sizes.get("n"));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    NativeThreads.set(order.threads());
    int images = order.size("n");
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      ResNetConfig config = ResNetConfig.resNet50(0);
      ResNet network = new ResNet(manager, config);
      network.initialize(SEED);
      ImageEmbedder embedder =
          new ImageEmbedder(
              new PreparedNetwork(network, ImageNetPreparation.STANDARD), "avgpool", BATCH);
      ImageSource source = SyntheticInstances.data(images, SIDE, 1, SEED).images();
      Stopwatch watch = new Stopwatch();
      watch.time(
          () -> {
            for (int first = 0; first < images; first += BATCH) {
              embedder.embed(source, first, Math.min(BATCH, images - first), false);
            }
            return images;
          });
      return watch.median(Map.of());
    }
  }
}
