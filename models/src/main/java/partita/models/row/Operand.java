package partita.models.row;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import partita.models.op.TorchScript;

/**
 * One side of a screening product: rows, shifted by a common center and rounded to a format, with
 * what the rounding may have cost.
 *
 * @param precision format
 * @param array {@code [capacity, D]}
 * @param norms L2 norm of each row of {@code array} to the precision of float32, or little more
 * @param losses L2 norm of what each row of {@code array} differs from the shifted row, or little
 *     more
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Operand(Precision precision, NDArray array, float[] norms, float[] losses) {
  private static final TorchScript OPS =
      new TorchScript(
          """
            def narrow(self: __torch__.Ops, x: Tensor, center: Tensor) -> List[Tensor]:
              shifted = torch.sub(x, center)
              narrow = torch.to(shifted, 15)
              wide = torch.to(narrow, 6)
              lost = torch.sub(shifted, wide)
              norms = torch.to(torch.sqrt(torch.sum(torch.mul(wide, wide), [1], False, dtype=7)), 6)
              losses = torch.sqrt(torch.sum(torch.mul(lost, lost), [1]))
              return [narrow, norms, losses]
          """);

  /** Rounding of the subtraction of the center, relative to the result. */
  private static final float SHIFT_ROUNDING = 0x1p-24f;

  /** Root of what a square, or a value that an instruction takes for zero, may lack. */
  private static final double ROOT_OF_SMALLEST = 1.1e-19;

  /**
   * The rows in a format: as they are in float32, less the center in bfloat16.
   *
   * @param center {@code [D]} float32; the nearer to the rows, the smaller the losses
   */
  public static Operand of(Precision precision, RowTile rows, NDArray center) {
    return precision == Precision.FLOAT32
        ? exact(rows)
        : narrow(rows.array().getManager(), rows, center);
  }

  /** The rows as they are. */
  public static Operand exact(RowTile rows) {
    float[] norms = new float[rows.capacity()];
    for (int i = 0; i < rows.count(); i++) {
      norms[i] = (float) Math.sqrt(rows.squaredNorms()[i]);
    }
    return new Operand(Precision.FLOAT32, rows.array(), norms, new float[rows.capacity()]);
  }

  /**
   * The rows less the center, in bfloat16.
   *
   * @param manager owner of the array
   * @param center {@code [D]} float32; the nearer to the rows, the smaller the losses
   */
  public static Operand narrow(NDManager manager, RowTile rows, NDArray center) {
    List<NDArray> made = OPS.runForList(manager, "narrow", rows.array(), center);
    float[] norms = made.get(1).toFloatArray();
    float[] losses = made.get(2).toFloatArray();
    made.get(1).close();
    made.get(2).close();
    float underflow = (float) (ROOT_OF_SMALLEST * Math.sqrt(center.size()));
    for (int i = 0; i < losses.length; i++) {
      norms[i] += underflow;
      losses[i] += underflow + SHIFT_ROUNDING * (norms[i] + losses[i]);
    }
    return new Operand(Precision.BFLOAT16, made.get(0), norms, losses);
  }
}
