package partita.schemas.table;

import java.util.List;

/**
 * What a generator makes of given images, one a row.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the given image</td></tr>
 * <tr><td>label</td><td>INT32</td><td>label that was inferred, -1 when the generator is conditioned
 * on none</td></tr>
 * <tr><td>loss</td><td>FLOAT32</td><td>what was minimized, 0 or more: pixels in [-1, 1] and features
 * </td></tr>
 * <tr><td>z</td><td>FLOAT32 [Z]</td><td>latent vector</td></tr>
 * <tr><td>pixels</td><td>UINT8 [C, H, W]</td><td>0 .. 255, channels as in {@link ImageTable}</td>
 * </tr>
 * </table>
 */
public final class ReconstructionTable {
  public static final String NAME = "reconstructions";
  public static final String ID = "id";
  public static final String LABEL = "label";
  public static final String LOSS = "loss";
  public static final String Z = "z";
  public static final String PIXELS = "pixels";

  private ReconstructionTable() {}

  /** Images from latent vectors of {@code latent} numbers. */
  public static TableSchema schema(int latent, int channels, int height, int width) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.scalar(LABEL, ElementType.INT32),
            Column.scalar(LOSS, ElementType.FLOAT32),
            Column.tensor(Z, ElementType.FLOAT32, latent),
            Column.tensor(PIXELS, ElementType.UINT8, channels, height, width)));
  }
}
