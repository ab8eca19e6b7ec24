package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import partita.models.metric.StratifiedFrechet.Boundaries;
import partita.models.metric.StratifiedFrechet.Stratum;

/** Formula only, by scipy. */
class StratifiedFrechetTest {
  private static final int[] TRAINING_IMAGES = {500, 101, 100, 99, 60, 21, 20, 19, 5, 1};
  private static final int[] REAL = IntStream.range(0, 300).map(i -> i % 10).toArray();
  private static final int[] GENERATED = IntStream.range(0, 260).map(i -> i * 3 % 10).toArray();

  @ParameterizedTest
  @EnumSource
  void everyStratumHasTheDistanceOfItsClasses(Boundaries boundaries) throws IOException {
    StratifiedFrechet found = score(TRAINING_IMAGES, boundaries);
    assertEquals(boundaries, found.boundaries());
    for (Stratum stratum : Stratum.values()) {
      String name = "stratified." + boundaries + "." + stratum;
      Figures.assertFigure(name.toLowerCase(Locale.ROOT), found.distances().get(stratum).value());
    }
  }

  @Test
  void strataWithoutClassesAreAbsent() throws IOException {
    int[] frequent = IntStream.range(0, 10).map(i -> 100).toArray();
    assertEquals(Set.of(Stratum.MANY), score(frequent, Boundaries.CODE).distances().keySet());
    assertEquals(Set.of(Stratum.MEDIUM), score(frequent, Boundaries.PAPER).distances().keySet());
  }

  @Test
  void badInputIsRefused() throws IOException {
    int[] rare = TRAINING_IMAGES.clone();
    int[] unseen = REAL.clone();
    unseen[7] = 10;
    assertEquals(
        "Cannot stratify real images: row 7 is of class 10, expected 0 to 9",
        Figures.refusal(() -> score(unseen, GENERATED, rare)));
    assertEquals(
        "Cannot stratify generated images: found 260 features and 300 classes, expected as many",
        Figures.refusal(() -> score(REAL, REAL, rare)));
    int[] none = new int[260];
    assertEquals(
        "Cannot score stratum MEDIUM: found 0 generated images of its classes, expected at least 2",
        Figures.refusal(() -> score(REAL, none, rare)));
  }

  private static StratifiedFrechet score(int[] trainingImages, Boundaries boundaries)
      throws IOException {
    return StratifiedFrechet.of(
        Figures.real(), REAL, Figures.generated(), GENERATED, trainingImages, boundaries);
  }

  private static StratifiedFrechet score(int[] real, int[] generated, int[] trainingImages)
      throws IOException {
    return StratifiedFrechet.of(
        Figures.real(), real, Figures.generated(), generated, trainingImages, Boundaries.PAPER);
  }
}
