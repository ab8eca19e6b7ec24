package partita.schemas.table;

import java.util.List;

/**
 * Generated images, one a row, with what they were generated from.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>number of the sample</td></tr>
 * <tr><td>instance</td><td>INT64</td><td>file id of the conditioning image, -1 when there is none
 * </td></tr>
 * <tr><td>label</td><td>INT32</td><td>conditioning class or cluster, -1 when there is none</td></tr>
 * <tr><td>z</td><td>FLOAT32 [Z]</td><td>latent vector</td></tr>
 * <tr><td>pixels</td><td>UINT8 [C, H, W]</td><td>0 .. 255, channels as in {@link ImageTable}</td>
 * </tr>
 * </table>
 */
public final class SampleTable {
  public static final String NAME = "samples";
  public static final String ID = "id";
  public static final String INSTANCE = "instance";
  public static final String LABEL = "label";
  public static final String Z = "z";
  public static final String PIXELS = "pixels";

  private SampleTable() {}

  /** Samples from latent vectors of {@code latent} numbers. */
  public static TableSchema schema(int latent, int channels, int height, int width) {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.scalar(INSTANCE, ElementType.INT64),
            Column.scalar(LABEL, ElementType.INT32),
            Column.tensor(Z, ElementType.FLOAT32, latent),
            Column.tensor(PIXELS, ElementType.UINT8, channels, height, width)));
  }
}
