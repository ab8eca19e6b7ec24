package partita.schemas.table;

import java.util.List;

/**
 * The samples that a classifier is surest of, by class, surest first.
 *
 * <table>
 * <caption>Columns</caption>
 * <tr><td>class</td><td>INT32</td><td>class of the classifier, {@code 0 .. classes - 1}</td></tr>
 * <tr><td>rank</td><td>INT32</td><td>place in the class, from 0</td></tr>
 * <tr><td>sample</td><td>INT64</td><td>id of the sample in its {@link SampleTable}</td></tr>
 * <tr><td>confidence</td><td>FLOAT64</td><td>probability that the classifier gives the class, in
 * [0, 1]</td></tr>
 * </table>
 */
public final class ConfidenceTable {
  public static final String NAME = "confidences";
  public static final String CLASS = "class";
  public static final String RANK = "rank";
  public static final String SAMPLE = "sample";
  public static final String CONFIDENCE = "confidence";

  private ConfidenceTable() {}

  public static TableSchema schema() {
    return new TableSchema(
        NAME,
        1,
        List.of(
            Column.scalar(CLASS, ElementType.INT32),
            Column.scalar(RANK, ElementType.INT32),
            Column.scalar(SAMPLE, ElementType.INT64),
            Column.scalar(CONFIDENCE, ElementType.FLOAT64)));
  }
}
