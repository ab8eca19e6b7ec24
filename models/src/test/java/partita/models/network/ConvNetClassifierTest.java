package partita.models.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import partita.models.layer.Mode;
import partita.models.loss.CrossEntropyLoss;
import partita.models.op.Gradients;
import partita.models.op.NativeThreads;

class ConvNetClassifierTest {

  @ParameterizedTest
  @CsvSource({"28, 1", "32, 3", "64, 3"})
  void featuresAndLogitsHaveTheirWidthsAtEverySize(int side, int channels) {
    NativeThreads.set(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      var network = new ConvNetClassifier(manager, new ConvNetConfig(channels, 7, 2, 24));
      network.initialize(1);
      NDArray images = manager.ones(new Shape(2, channels, side, side));
      Features taps = new Features();
      var output = network.forward(images, Mode.EVALUATION, taps);
      assertEquals(new Shape(2, 24), output.features().getShape());
      assertEquals(new Shape(2, 7), output.logits().getShape());
      assertEquals(new Shape(2, 24, side / 8, side / 8), taps.of("blocks.5").getShape());
      assertTrue(output.features().min().getFloat() >= 0);
    }
  }

  /** Steepest descent, to see that the gradients lead down. */
  @Test
  void lossFallsWhenParametersFollowTheirGradients() {
    NativeThreads.set(1);
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      var network = new ConvNetClassifier(manager, new ConvNetConfig(1, 2, 2, 16));
      network.initialize(1);
      List<NDArray> parameters = List.copyOf(network.parameters().values());
      parameters.forEach(parameter -> parameter.setRequiresGradient(true));
      // Class 0 is bright at the left, class 1 at the right.
      NDArray images = manager.zeros(new Shape(8, 1, 16, 16));
      images.set(new NDIndex("0:4, :, :, 0:8"), 1);
      images.set(new NDIndex("4:, :, :, 8:"), 1);
      NDArray labels = manager.create(new long[] {0, 0, 0, 0, 1, 1, 1, 1});
      float first = step(network, parameters, images, labels);
      float last = first;
      for (int i = 0; i < 30; i++) {
        last = step(network, parameters, images, labels);
      }
      assertTrue(last < first / 4, first + " to " + last);
    }
  }

  private static float step(
      ConvNetClassifier network, List<NDArray> parameters, NDArray images, NDArray labels) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<NDArray> gradients;
      float loss;
      try (Gradients.Recording recording = Gradients.record()) {
        NDArray found =
            CrossEntropyLoss.of(network.forward(images, Mode.TRAINING).logits(), labels);
        gradients = Gradients.of(found, parameters);
        loss = found.getFloat();
      }
      try (Gradients.Recording paused = Gradients.pause()) {
        for (int i = 0; i < parameters.size(); i++) {
          parameters.get(i).subi(gradients.get(i).mul(0.1));
        }
      }
      return loss;
    }
  }

  @Test
  void configurationErrorsAreCollected() {
    var error = assertThrows(IllegalArgumentException.class, () -> new ConvNetConfig(2, 1, 0, 0));
    assertEquals(
        "Cannot build classifier: imageChannels is 2, expected 1 or 3; classes is 1, expected at"
            + " least 2; width is 0, expected at least 1; featureWidth is 0, expected at least 1",
        error.getMessage());
  }

  @Test
  void imagesOfAnotherShapeAreRefused() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      var network = new ConvNetClassifier(manager, ConvNetConfig.of(1, 10));
      NDArray images = manager.ones(new Shape(2, 3, 32, 32));
      var error =
          assertThrows(
              IllegalArgumentException.class, () -> network.forward(images, Mode.EVALUATION));
      assertEquals(
          "Cannot classify: images have shape (2, 3, 32, 32), expected (N, 1, H, W) with H, W >= 8",
          error.getMessage());
    }
  }
}
