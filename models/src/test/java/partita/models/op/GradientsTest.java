package partita.models.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientsTest {

  @Test
  void gradientOfASumOfCubesIsThreeTimesTheSquares() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        Gradients.Recording recording = Gradients.record()) {
      NDArray x = manager.create(new float[] {1, 2, 3});
      x.setRequiresGradient(true);
      List<NDArray> gradients = Gradients.of(x.pow(3).sum(), List.of(x));
      assertArrayEquals(new float[] {3, 12, 27}, gradients.get(0).toFloatArray(), 1e-5f);
    }
  }

  @Test
  void gradientPenaltyCanBeDifferentiatedAgain() {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        Gradients.Recording recording = Gradients.record()) {
      NDArray x = manager.create(new float[] {1, 2, 3});
      x.setRequiresGradient(true);
      NDArray first = Gradients.differentiable(x.pow(3).sum(), List.of(x)).get(0);
      NDArray second = Gradients.of(first.square().sum(), List.of(x)).get(0);
      assertArrayEquals(new float[] {36, 288, 972}, second.toFloatArray(), 1e-3f);
    }
  }
}
