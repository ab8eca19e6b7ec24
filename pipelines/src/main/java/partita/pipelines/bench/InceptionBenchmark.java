package partita.pipelines.bench;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import partita.models.embed.FidProtocol;
import partita.models.embed.ImageEmbedder;
import partita.models.embed.PreparedNetwork;
import partita.models.embed.PretrainedWeights;
import partita.models.network.InceptionV3;
import partita.models.op.NativeThreads;
import partita.models.train.ImageSource;
import partita.models.train.NetworkWeights;
import partita.models.weights.WeightFile;

/**
 * Features of images by Inception v3, against torchvision's network in PyTorch eager with the same
 * random weights. Ours makes images from bytes as pytorch-fid does, the peer without the resizing
 * that changes nothing here.
 */
final class InceptionBenchmark implements Benchmark {
  private static final int SIDE = 299;
  private static final int CHANNELS = 3;
  private static final double TOLERANCE = 1e-4;
  private static final String DIFFERENCE = "features.difference";

  /** Multiply-adds of an image, as torchvision states them. */
  private static final double ADDITIONS = 5.71e9;

  @Override
  public String name() {
    return "inception";
  }

  @Override
  public String title() {
    return "features of n images of 299x299 by Inception v3, in batches";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    int batch = 64;
    return Map.of("n", batch * (int) Math.max(1, 512 / batch * scale), "batch", batch);
  }

  @Override
  public Target target() {
    return Target.ratio(1);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(
        Peer.dumping("torchvision eager", name(), "torchvision", "python3-torchvision"));
  }

  @Override
  public Work work(Map<String, Integer> sizes) {
    return Work.singles(2 * ADDITIONS * sizes.get("n"));
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ImageSource images =
        new Dumped(order.size("n"), DumpedArray.open(order, "images", "uint8").bytes());
    InceptionV3.Config config = new InceptionV3.Config(InceptionV3.Variant.CLASSIFICATION, 0);
    NativeThreads.set(order.threads());
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        WeightFile weights = WeightFile.open(Path.of(order.folder(), "weights.pth"))) {
      InceptionV3 network = config.build(manager);
      NetworkWeights.load(network, config.family(), PretrainedWeights.read(weights, config));
      ImageEmbedder embedder =
          new ImageEmbedder(
              new PreparedNetwork(network, FidProtocol.PYTORCH_FID),
              config.featureLayer(),
              order.size("batch"));
      float[] features = new float[order.size("n") * embedder.featureWidth()];
      Stopwatch watch = new Stopwatch();
      watch.time(() -> embed(embedder, images, order.size("batch"), features));
      return watch.median(
          order.compare() ? Map.of(DIFFERENCE, difference(order, features)) : Map.of());
    }
  }

  private static int embed(ImageEmbedder embedder, ImageSource images, int batch, float[] features)
      throws IOException {
    int end = 0;
    for (int first = 0; first < images.rows(); first += batch) {
      float[] found = embedder.embed(images, first, batch, false).features();
      System.arraycopy(found, 0, features, end, found.length);
      end += found.length;
    }
    return end;
  }

  /** The largest difference of any feature, as a part of the largest feature. */
  private static double difference(WorkOrder order, float[] features) throws IOException {
    float[] expected = DumpedArray.open(order, "features", "float32").floats();
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(features[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / largest;
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    double difference = ours.value(DIFFERENCE);
    return new Answer(
        difference <= TOLERANCE,
        String.format(
            Locale.ROOT,
            "features differ by %.1e of the largest, at most %.0e",
            difference,
            TOLERANCE));
  }

  /**
   * Images that the peer has dumped.
   *
   * @param pixels {@code [rows, 3, 299, 299]} bytes
   */
  private record Dumped(long rows, ByteBuffer pixels) implements ImageSource {
    @Override
    public int channels() {
      return CHANNELS;
    }

    @Override
    public int height() {
      return SIDE;
    }

    @Override
    public int width() {
      return SIDE;
    }

    @Override
    public void gather(long[] wanted, ByteBuffer target) {
      int bytes = CHANNELS * SIDE * SIDE;
      for (long row : wanted) {
        target.put(pixels.slice((int) row * bytes, bytes));
      }
    }
  }
}
