package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;
import partita.models.row.SelectedRows;

/** Formula only; agreement and attributes by scikit-learn. */
class SegmentationMetricsTest {
  private static final int PIXELS = 700;

  @Test
  void segmentationDistanceIsTheFrechetDistanceOfPercentages() throws IOException {
    RowSource shares = new ArrayRows(Golden.floats("metric/protocols/shares.bin"), 9);
    Figures.assertFigure(
        "segmentation",
        SegmentationDistance.of(rows(shares, 0, 60), rows(shares, 60, 110)).value());
  }

  @Test
  void sharesAreThoseOfTheArea() {
    int[] map = {0, 2, 2, -1, 2, 0, -1, -1};
    assertArrayEquals(new float[] {.25f, 0, .375f}, SegmentationDistance.shares(map, 3));
    assertEquals(
        "Cannot measure areas: pixel 1 is of class 2, expected below 2",
        Figures.refusal(() -> SegmentationDistance.shares(map, 2)));
    Figures.refusal(() -> SegmentationDistance.shares(new int[0], 2));
  }

  @Test
  void valuesThatAreNoSharesAreRefused() {
    RowSource shares = new ArrayRows(new float[] {0, 1, .5f, .5f, .25f, 1.5f}, 2);
    assertEquals(
        "Cannot compare segmentations: class 1 takes 1.5 of generated image 2, expected a share"
            + " between 0 and 1",
        Figures.refusal(() -> SegmentationDistance.of(rows(shares, 0, 2), shares)));
    RowSource broken = Figures.broken(rows(shares, 0, 2), 1);
    assertEquals(
        "Cannot compare segmentations: class 1 takes NaN of real image 1, expected a share between"
            + " 0 and 1",
        Figures.refusal(() -> SegmentationDistance.of(broken, broken)));
    RowSource one = rows(shares, 0, 1);
    assertEquals(
        "Cannot estimate a covariance: found 1 rows, expected at least 2",
        Figures.refusal(() -> SegmentationDistance.of(one, one)));
    Figures.refusal(() -> SegmentationDistance.of(rows(shares, 0, 0), one));
    Figures.refusal(() -> SegmentationDistance.of(one, new ArrayRows(new float[] {1}, 1)));
  }

  /** The sixth class is never found and the seventh does not occur. */
  @Test
  void agreementEqualsScikitLearnHoweverPixelsAreSplit() {
    int[] layout = IntStream.range(0, PIXELS).map(i -> i * 13 % 6).toArray();
    int[] found = IntStream.range(0, PIXELS).map(i -> i * 17 / 5 % 5).toArray();
    ConfusionCounts counts = new ConfusionCounts(7);
    ConfusionCounts others = new ConfusionCounts(7);
    for (int from = 0; from < PIXELS; from += 100) {
      (from % 200 == 0 ? counts : others)
          .add(
              Arrays.copyOfRange(layout, from, from + 100),
              Arrays.copyOfRange(found, from, from + 100));
    }
    counts.add(others);
    SegmentationAgreement agreement = SegmentationAgreement.of(counts);
    Figures.assertFigure("agreement.iou", agreement.meanIou());
    Figures.assertFigure("agreement.accuracy", agreement.pixelAccuracy());
  }

  @Test
  void unlabeledPixelsAreNotCounted() {
    ConfusionCounts counts = new ConfusionCounts(2);
    counts.add(new int[] {0, 255, 1, -1}, new int[] {0, 1, 0, 1});
    SegmentationAgreement agreement = SegmentationAgreement.of(counts);
    assertEquals(0.5, agreement.pixelAccuracy());
    assertEquals((1 / 2.0 + 0) / 2, agreement.meanIou());
  }

  @Test
  void agreementOfLabeledPixelsEqualsScikitLearn() {
    ConfusionCounts counts = new ConfusionCounts(6);
    counts.add(
        IntStream.range(0, PIXELS).map(i -> i % 9 == 4 ? 255 : i * 13 % 6).toArray(),
        IntStream.range(0, PIXELS).map(i -> i * 17 / 5 % 5).toArray());
    SegmentationAgreement agreement = SegmentationAgreement.of(counts);
    Figures.assertFigure("agreement.labeled.iou", agreement.meanIou());
    Figures.assertFigure("agreement.labeled.accuracy", agreement.pixelAccuracy());
  }

  @Test
  void mapsThatDoNotFitAreRefused() {
    ConfusionCounts counts = new ConfusionCounts(3);
    assertEquals(
        "Cannot compare segmentations: pixel 1 was found to be of class 3, expected 0 to 2",
        Figures.refusal(() -> counts.add(new int[] {0, 1}, new int[] {0, 3})));
    assertEquals(
        "Cannot compare segmentations: pixel 0 of the layout is of class 9, expected 0 to 2, or -1"
            + " or 255 for none",
        Figures.refusal(() -> counts.add(new int[] {9, 1}, new int[] {0, 2})));
    Figures.refusal(() -> counts.add(new int[] {0}, new int[] {0, 2}));
    Figures.refusal(() -> counts.add(new ConfusionCounts(2)));
    assertEquals(
        "Cannot compare segmentations: found 0 labeled pixels, expected at least 1",
        Figures.refusal(() -> SegmentationAgreement.of(counts)));
  }

  @Test
  void attributesAreScoredInAllAndByWhatWasWanted() {
    int[] wanted = {0, 0, 0, 1, 1, 4};
    int[] found = {0, 0, 1, 1, 0, 4};
    assertEquals(
        new AttributeAccuracy(4 / 6.0, new TreeMap<>(Map.of(0, 2 / 3.0, 1, .5, 4, 1.0))),
        AttributeAccuracy.of(wanted, found));
    Figures.refusal(() -> AttributeAccuracy.of(new int[0], new int[0]));
    assertEquals(
        "Cannot compare attributes: found 6 wanted and 1 seen values, expected as many of both and"
            + " at least one",
        Figures.refusal(() -> AttributeAccuracy.of(wanted, new int[1])));
  }

  @Test
  void attributesEqualScikitLearn() {
    int[] wanted = IntStream.range(0, 200).map(i -> i * 7 % 5).toArray();
    int[] seen = IntStream.range(0, 200).map(i -> i * (i % 3 == 1 ? 11 : 7) % 5).toArray();
    AttributeAccuracy found = AttributeAccuracy.of(wanted, seen);
    Figures.assertFigure("attributes.all", found.accuracy());
    assertEquals(5, found.byValue().size());
    found.byValue().forEach((value, share) -> Figures.assertFigure("attributes." + value, share));
  }

  private static RowSource rows(RowSource rows, int from, int to) {
    return new SelectedRows(rows, IntStream.range(from, to).toArray());
  }
}
