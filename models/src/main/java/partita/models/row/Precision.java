package partita.models.row;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import partita.models.op.TorchScript;

/**
 * Number format of the products that screen candidates. Which one is used is a matter of speed:
 * what is nearest is decided in float64 among all that the rounding of a product leaves possible.
 */
public enum Precision {
  /** 24 significant bits. */
  FLOAT32(0),

  /** 8 significant bits; twice the speed and more where the processor has instructions for it. */
  BFLOAT16(0x1p-8);

  /** Where a product is smaller in some dimension, the engine may take another way to it. */
  public static final int LEAST_NARROW_WIDTH = 32;

  private static final int TRIAL = 512;
  private static final int TRIALS = 4;

  private static final TorchScript OPS =
      new TorchScript(
          """
            def product(self: __torch__.Ops, x: Tensor, y: Tensor) -> Tensor:
              return torch.mm(x, torch.t(y))
            def narrow(self: __torch__.Ops, x: Tensor) -> Tensor:
              return torch.to(x, 15)
          """);

  private final double unitRoundoff;

  Precision(double unitRoundoff) {
    this.unitRoundoff = unitRoundoff;
  }

  /** Largest relative error by which the engine rounds a product when it stores it. */
  public double unitRoundoff() {
    return unitRoundoff;
  }

  /** The faster one on this machine for vectors of a width. */
  public static Precision fastest(int width) {
    return width < LEAST_NARROW_WIDTH ? FLOAT32 : Trial.FASTEST;
  }

  /** Tried once in a process; it takes some milliseconds. */
  private static final class Trial {
    static final Precision FASTEST = run();

    private static Precision run() {
      try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
        NDArray wide = manager.ones(new Shape(TRIAL, TRIAL), DataType.FLOAT32);
        NDArray narrow = OPS.run(manager, "narrow", wide);
        return seconds(narrow) < 0.8 * seconds(wide) ? BFLOAT16 : FLOAT32;
      }
    }

    private static double seconds(NDArray operand) {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < TRIALS; i++) {
        long start = System.nanoTime();
        OPS.run(operand.getManager(), "product", operand, operand).close();
        best = Math.min(best, System.nanoTime() - start);
      }
      return best * 1e-9;
    }
  }
}
