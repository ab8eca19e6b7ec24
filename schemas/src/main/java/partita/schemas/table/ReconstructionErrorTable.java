package partita.schemas.table;

import java.util.List;

/**
 * How far reconstructions are from the images they are of, one image a row.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>id</td><td>INT64</td><td>file id of the image</td></tr>
 * <tr><td>encodedPixels</td><td>FLOAT64</td><td>mean absolute difference of the pixels, in [0, 1],
 * of what the encoder says</td></tr>
 * <tr><td>optimizedPixels</td><td>FLOAT64</td><td>the same after the search</td></tr>
 * <tr><td>encodedPerceptual</td><td>FLOAT64</td><td>LPIPS of what the encoder says, 0 or more; NaN
 * without a network</td></tr>
 * <tr><td>optimizedPerceptual</td><td>FLOAT64</td><td>the same after the search</td></tr>
 * </table>
 */
public final class ReconstructionErrorTable {
  public static final String NAME = "reconstruction-errors";
  public static final String ID = "id";
  public static final String ENCODED_PIXELS = "encodedPixels";
  public static final String OPTIMIZED_PIXELS = "optimizedPixels";
  public static final String ENCODED_PERCEPTUAL = "encodedPerceptual";
  public static final String OPTIMIZED_PERCEPTUAL = "optimizedPerceptual";

  private ReconstructionErrorTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(ID, ElementType.INT64),
            Column.scalar(ENCODED_PIXELS, ElementType.FLOAT64),
            Column.scalar(OPTIMIZED_PIXELS, ElementType.FLOAT64),
            Column.scalar(ENCODED_PERCEPTUAL, ElementType.FLOAT64),
            Column.scalar(OPTIMIZED_PERCEPTUAL, ElementType.FLOAT64)));
  }
}
