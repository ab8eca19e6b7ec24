package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.metric.InstanceDiversity.RegionDistance;
import partita.models.metric.InstanceDiversity.Variation;

/** The papers have no code for these metrics: worked by hand, and formula only by scipy. */
class InstanceDiversityTest {
  private static final List<Variation> VARIATIONS =
      List.of(
          new Variation(3, new int[] {0, 1, 5}),
          new Variation(8, new int[] {6, 8}),
          new Variation(3, new int[] {9, 10}));

  /** Image i is the number i; outside, half of that changes. */
  private static final RegionDistance DIFFERENCE =
      new RegionDistance() {
        @Override
        public double inside(Variation variation, int first, int second) {
          return variation.semanticClass() * Math.abs(first - second);
        }

        @Override
        public double outside(Variation variation, int first, int second) {
          return Math.abs(first - second) / 2.0;
        }
      };

  @Test
  void instancesCountAlike() {
    InstanceDiversity found = InstanceDiversity.ofInstances(VARIATIONS, DIFFERENCE);
    assertEquals((3 * 10 / 3.0 + 8 * 2 + 3 * 1) / 3, found.inside(), 1e-14);
    assertEquals((10 / 3.0 + 2 + 1) / 6, found.outside(), 1e-14);
    assertEquals(3, found.means());
  }

  @Test
  void classesCountAlike() {
    InstanceDiversity found = InstanceDiversity.ofClasses(VARIATIONS, DIFFERENCE);
    assertEquals(((10 + 3) / 2.0 + 16) / 2, found.inside(), 1e-14);
    assertEquals(((10 / 3.0 + 1) / 2 + 2) / 4, found.outside(), 1e-14);
    assertEquals(2, found.means());
  }

  @Test
  void meansOverClassesEqualScipy() {
    List<Variation> variations =
        IntStream.range(0, 13)
            .mapToObj(c -> new Variation(c % 3, images(i -> i * 7 % 13 == c)))
            .toList();
    RegionDistance sines =
        new RegionDistance() {
          @Override
          public double inside(Variation variation, int first, int second) {
            return Math.abs(Math.sin(first * first) - Math.sin(second * second));
          }

          @Override
          public double outside(Variation variation, int first, int second) {
            return inside(variation, first, second);
          }
        };
    InstanceDiversity ofClasses = InstanceDiversity.ofClasses(variations, sines);
    Figures.assertFigure("diversity.classes", ofClasses.inside());
    Figures.assertFigure("diversity.classes", ofClasses.outside());
    InstanceDiversity ofInstances = InstanceDiversity.ofInstances(variations, sines);
    Figures.assertFigure("diversity.conditions", ofInstances.inside());
  }

  private static int[] images(IntPredicate wanted) {
    return IntStream.range(0, 60).filter(wanted).toArray();
  }

  @Test
  void badInputIsRefused() {
    assertEquals(
        "Cannot measure diversity of a region of class 4: found 1 images, expected at least 2",
        Figures.refusal(() -> new Variation(4, new int[] {1})));
    assertEquals(
        "Cannot measure diversity: found 0 varied regions, expected at least 1",
        Figures.refusal(() -> InstanceDiversity.ofClasses(List.of(), DIFFERENCE)));
    Variation pair = new Variation(1, new int[] {2, 3});
    RegionDistance broken =
        new RegionDistance() {
          @Override
          public double inside(Variation variation, int first, int second) {
            return 0;
          }

          @Override
          public double outside(Variation variation, int first, int second) {
            return -1;
          }
        };
    assertEquals(
        "Cannot measure diversity: the distance of images 2 and 3 is -1.0, expected a number of at"
            + " least 0",
        Figures.refusal(() -> InstanceDiversity.ofInstances(List.of(pair), broken)));
  }
}
