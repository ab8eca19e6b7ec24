package partita.models.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TorchScriptTest {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def norm(self: __torch__.Ops, x: Tensor, gain: Tensor, mean: Tensor, var: Tensor) -> Tensor:
              y = torch.batch_norm(x, gain, mean, mean, var, True, 0.1, 1.0000000000000001e-05, True)
              return torch.addcmul(x, torch.tanh(y), torch.sigmoid(y))
            def scaled(self: __torch__.Ops, x: Tensor, shape: List[int], factor: float, negate: bool) -> Tensor:
              y = torch.mul(torch.reshape(x, shape), factor)
              if negate:
                z = torch.neg(y)
              else:
                z = y
              return z
            def halves(self: __torch__.Ops, x: Tensor) -> List[Tensor]:
              return torch.split(x, 2, 0)
          """);

  private NDManager manager;

  @BeforeEach
  void open() {
    NativeThreads.set(1);
    manager = NDManager.newBaseManager("PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void argumentsOfEveryKindArrive() {
    NDArray x = manager.create(new float[] {1, 2, 3, 4});
    NDArray y = OPS.run(manager, "scaled", x, new long[] {2, 2}, 0.5, true);
    assertEquals(new Shape(2, 2), y.getShape());
    assertArrayEquals(new float[] {-0.5f, -1, -1.5f, -2}, y.toFloatArray());
    List<NDArray> halves = OPS.runForList(manager, "halves", x);
    assertArrayEquals(new float[] {3, 4}, halves.get(1).toFloatArray());
  }

  @Test
  void argumentOfUnknownKindIsNamed() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> OPS.run(manager, "halves", "a string"));
    assertEquals("Cannot pass java.lang.String to a TorchScript method", error.getMessage());
  }

  /** The optimizer of TorchScript would rewrite the method after its first runs. */
  @Test
  void everyRunRoundsAlike() {
    NDArray x = manager.arange(4 * 3 * 5 * 5f).sin().reshape(4, 3, 5, 5);
    NDArray gain = manager.create(new float[] {1, 2, 3});
    gain.setRequiresGradient(true);
    byte[] first = gradient(x, gain);
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(first, gradient(x, gain));
    }
  }

  private byte[] gradient(NDArray x, NDArray gain) {
    try (Gradients.Recording recording = Gradients.record()) {
      NDArray mean = manager.zeros(new Shape(3));
      NDArray y = OPS.run(manager, "norm", x, gain, mean, manager.ones(new Shape(3)));
      return Gradients.of(y.square().sum(), List.of(gain)).get(0).toByteArray();
    }
  }

  /** What libtorch calls an inference tensor could not. */
  @Test
  void resultOfAPausedRunMayTakePartInARecordedOne() {
    NDArray x = manager.create(new float[] {1, 2});
    NDArray fixed;
    try (Gradients.Recording paused = Gradients.pause()) {
      fixed = OPS.run(manager, "scaled", x, new long[] {2}, 3.0, false);
    }
    NDArray weight = manager.create(new float[] {1, 1});
    weight.setRequiresGradient(true);
    try (Gradients.Recording recording = Gradients.record()) {
      NDArray loss = weight.mul(fixed).sum();
      assertArrayEquals(
          new float[] {3, 6}, Gradients.of(loss, List.of(weight)).get(0).toFloatArray());
    }
  }

  @Test
  void concatenationKeepsTheGradientOfASingleArray() {
    NDArray x = manager.ones(new Shape(2, 3));
    x.setRequiresGradient(true);
    try (Gradients.Recording recording = Gradients.record()) {
      NDArray joined = Concatenation.ofColumns(List.of(x));
      float[] gradient = Gradients.of(joined.mul(2).sum(), List.of(x)).get(0).toFloatArray();
      assertArrayEquals(new float[] {2, 2, 2, 2, 2, 2}, gradient);
    }
    assertEquals(new Shape(2, 6), Concatenation.ofColumns(List.of(x, x)).getShape());
  }

  @Test
  void gradientsAreInTheOrderOfTheirShapeWhateverTheOperationWorkedIn() {
    NDArray x = manager.arange(24f).reshape(1, 3, 2, 4);
    x.setRequiresGradient(true);
    try (Gradients.Recording recording = Gradients.record()) {
      NDArray y = ChannelsLast.of(x);
      NDArray gradient = Gradients.of(y.mul(y).sum(), List.of(x)).get(0);
      float[] expected = new float[24];
      for (int i = 0; i < 24; i++) {
        expected[i] = 2 * i;
      }
      assertArrayEquals(expected, gradient.flatten().toFloatArray());
    }
  }
}
