package partita.models.embed;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.io.IOException;
import java.util.Arrays;
import partita.models.layer.Mode;
import partita.models.network.ConvNetClassifier;
import partita.models.op.Gradients;
import partita.models.train.ImageSource;
import partita.models.train.PixelBatch;

/**
 * Features and class scores of images in evaluation mode. Every batch has the same size (a short
 * one is filled up and the filling dropped), because the last bits of a product depend on the
 * number of its rows.
 */
public final class ImageEmbedder {
  private final ConvNetClassifier network;
  private final int batch;

  /**
   * What the network says of some images, in their order.
   *
   * @param features row-major {@code [images, featureWidth]}, not normalized
   * @param logits row-major {@code [images, classes]}
   */
  public record Embedding(float[] features, float[] logits) {}

  /**
   * @param batch images evaluated at a time
   */
  public ImageEmbedder(ConvNetClassifier network, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "Cannot embed " + batch + " images at a time: expected at least 1");
    }
    this.network = network;
    this.batch = batch;
  }

  /**
   * Embeds {@code count} consecutive images, at most a batch.
   *
   * @param mirrored whether the images are flipped from left to right first
   */
  public Embedding embed(ImageSource images, long first, int count, boolean mirrored)
      throws IOException {
    if (count < 1 || count > batch) {
      throw new IllegalArgumentException(
          "Cannot embed %d images: expected 1 to %d".formatted(count, batch));
    }
    long[] rows = new long[batch];
    Arrays.setAll(rows, i -> first + Math.min(i, count - 1));
    boolean[] flips = new boolean[batch];
    Arrays.fill(flips, mirrored);
    NDManager manager = network.manager();
    try (NDScope scope = new NDScope();
        Gradients.Recording paused = Gradients.pause()) {
      scope.suppressNotUsedWarning();
      ConvNetClassifier.Output output =
          network.forward(PixelBatch.load(manager, images, rows, flips), Mode.EVALUATION);
      return new Embedding(
          Arrays.copyOf(output.features().toFloatArray(), count * network.config().featureWidth()),
          Arrays.copyOf(output.logits().toFloatArray(), count * network.config().classes()));
    }
  }

  /**
   * How many images get their own label the highest score.
   *
   * @param labels class of each image, {@code 0 .. classes - 1}
   */
  public long correct(ImageSource images, int[] labels) throws IOException {
    int classes = network.config().classes();
    ClassifierSystem.requireLabels("score", labels, images.rows(), classes);
    long correct = 0;
    for (int first = 0; first < labels.length; first += batch) {
      int count = Math.min(batch, labels.length - first);
      float[] logits = embed(images, first, count, false).logits();
      for (int i = 0; i < count; i++) {
        if (argMax(logits, i * classes, classes) == labels[first + i]) {
          correct++;
        }
      }
    }
    return correct;
  }

  private static int argMax(float[] values, int offset, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[offset + i] > values[offset + best]) {
        best = i;
      }
    }
    return best;
  }
}
