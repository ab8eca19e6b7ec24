package partita.pipelines.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import partita.models.image.ImageDecoder;
import partita.models.image.Preparation;
import partita.models.op.NativeThreads;
import partita.models.op.Workers;

/**
 * Decoding PNGs of 32x32 and resizing them to 28x28, against what wants them: a small convolutional
 * network in PyTorch eager, whose forward pass takes as many such images as there are. A time of at
 * most the network's means that it never waits. The pixels are compared with PIL's.
 */
final class DecodeBenchmark implements Benchmark {
  private static final int STORED_SIDE = 32;
  private static final int SIDE = 28;
  private static final int CHANNELS = 3;

  /** Images that a thread takes at a time. */
  private static final int PART = 100;

  private static final String DIFFERENT = "bytes.different";

  @Override
  public String name() {
    return "decode";
  }

  @Override
  public String title() {
    return "decoding n PNGs of 32x32 and resizing them to 28x28, beside the forward pass of a small network over them";
  }

  @Override
  public Map<String, Integer> sizes(double scale) {
    return Map.of("n", PART * (int) Math.max(1, 200 * scale));
  }

  @Override
  public Target target() {
    return Target.ratio(1);
  }

  @Override
  public Optional<Peer> peer() {
    return Optional.of(
        Peer.dumping(
            "small network in PyTorch eager", name(), "torch, PIL", "python3-torch python3-pil"));
  }

  /** Each pixel is written once by decoding, and read and written once by resizing. */
  @Override
  public Work work(Map<String, Integer> sizes) {
    double images = sizes.get("n");
    double pixels = 2.0 * STORED_SIDE * STORED_SIDE + SIDE * SIDE;
    return Work.memory(CHANNELS * pixels * images, images);
  }

  @Override
  public Measurement measure(WorkOrder order) throws Exception {
    ByteBuffer files = DumpedArray.open(order, "files", "uint8").bytes();
    long[] lengths = DumpedArray.open(order, "lengths", "int64").longs();
    int[] starts = new int[lengths.length + 1];
    for (int i = 0; i < lengths.length; i++) {
      starts[i + 1] = starts[i] + (int) lengths[i];
    }
    byte[] pixels = new byte[lengths.length * CHANNELS * SIDE * SIDE];
    NativeThreads.set(order.threads());
    Stopwatch watch = new Stopwatch();
    watch.time(
        () -> {
          Workers.forEach(
              lengths.length / PART,
              part -> {
                for (int i = part * PART; i < (part + 1) * PART; i++) {
                  decode(files.slice(starts[i], starts[i + 1] - starts[i]), pixels, i);
                }
              });
          return pixels;
        });
    return watch.median(
        order.compare() ? Map.of(DIFFERENT, (double) different(order, pixels)) : Map.of());
  }

  private static void decode(ByteBuffer file, byte[] pixels, int image) {
    byte[] content = new byte[file.remaining()];
    file.get(content);
    try {
      byte[] decoded =
          Preparation.icGan(SIDE, CHANNELS).apply(ImageDecoder.decode(content)).pixels();
      System.arraycopy(decoded, 0, pixels, image * decoded.length, decoded.length);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot decode image " + image, e);
    }
  }

  private static int different(WorkOrder order, byte[] pixels) throws IOException {
    ByteBuffer expected = DumpedArray.open(order, "pixels", "uint8").bytes();
    int different = 0;
    for (int i = 0; i < pixels.length; i++) {
      different += pixels[i] == expected.get(i) ? 0 : 1;
    }
    return different;
  }

  @Override
  public Answer compare(Measurement ours, Measurement peer) {
    double different = ours.value(DIFFERENT);
    return new Answer(
        different == 0,
        String.format(Locale.ROOT, "%,.0f bytes are others than PIL's, at most 0", different));
  }
}
