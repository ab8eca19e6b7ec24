package partita.models.embed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import partita.models.network.EmbeddingNetwork;
import partita.models.network.Features;
import partita.models.op.Gradients;
import partita.models.op.Resampling;
import partita.models.train.ImageSource;
import partita.models.train.PixelBatch;

/**
 * Features and class scores of images in evaluation mode. Features are the output of one named
 * layer, averaged over positions where it has any. Every batch has the same size (a short one is
 * filled up and the filling dropped), because the last bits of a product depend on the number of
 * its rows.
 */
public final class ImageEmbedder {
  private final EmbeddingNetwork network;
  private final String layer;
  private final int featureWidth;
  private final int batch;

  /**
   * What the network says of some images, in their order.
   *
   * @param features row-major {@code [images, featureWidth]}, not normalized
   * @param logits row-major {@code [images, classes]}, empty when the network has no classes
   */
  public record Embedding(float[] features, float[] logits) {}

  /**
   * @param layer whose output embeds, one of {@link EmbeddingNetwork#layers()}
   * @param batch images evaluated at a time
   */
  public ImageEmbedder(EmbeddingNetwork network, String layer, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException(
          "Cannot embed " + batch + " images at a time: expected at least 1");
    }
    Integer channels = network.layers().get(layer);
    if (channels == null) {
      throw new IllegalArgumentException(
          "Cannot embed by layer '%s': the network has %s"
              .formatted(layer, network.layers().keySet()));
    }
    this.network = network;
    this.layer = layer;
    this.featureWidth = channels;
    this.batch = batch;
  }

  /** Numbers in the features of an image. */
  public int featureWidth() {
    return featureWidth;
  }

  /** Numbers in the class scores of an image, 0 if the network gives none. */
  public int classes() {
    return network.classes();
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
      Features tap = Features.only(layer);
      Optional<NDArray> logits =
          network.evaluate(PixelBatch.load(manager, images, rows, flips), tap);
      NDArray output = tap.of(layer);
      NDArray features = output.getShape().dimension() > 2 ? Resampling.mean(output) : output;
      return new Embedding(
          Arrays.copyOf(features.toFloatArray(), count * featureWidth),
          Arrays.copyOf(logits.map(NDArray::toFloatArray).orElse(new float[0]), count * classes()));
    }
  }

  /**
   * How many images get their own label the highest score.
   *
   * @param labels class of each image, {@code 0 .. classes - 1}
   */
  public long correct(ImageSource images, int[] labels) throws IOException {
    ClassifierSystem.requireLabels("score", labels, images.rows(), classes());
    long correct = 0;
    for (int first = 0; first < labels.length; first += batch) {
      int count = Math.min(batch, labels.length - first);
      int[] found = classify(images, first, count);
      for (int i = 0; i < count; i++) {
        if (found[i] == labels[first + i]) {
          correct++;
        }
      }
    }
    return correct;
  }

  /** Which class gets the highest score, of {@code count} consecutive images, at most a batch. */
  int[] classify(ImageSource images, long first, int count) throws IOException {
    int classes = classes();
    float[] logits = embed(images, first, count, false).logits();
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = argMax(logits, i * classes, classes);
    }
    return found;
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
