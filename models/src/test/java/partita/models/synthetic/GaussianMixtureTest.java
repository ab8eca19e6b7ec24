package partita.models.synthetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

  @Test
  void pointsSpreadAroundTheirModesWithTheVarianceOfThePaper() {
    checkSpread(GaussianMixture.ring(1), 8, 1e-4);
    checkSpread(GaussianMixture.grid(), 25, 0.0025);
  }

  @Test
  void ringModesLieOnTheRadiusAndGridModesTwoApart() {
    for (GaussianMixture.Mean mean : GaussianMixture.ring(2).means()) {
      assertEquals(2, Math.hypot(mean.x(), mean.y()), 1e-12);
    }
    assertEquals(new GaussianMixture.Mean(-4, -4), GaussianMixture.grid().means().get(0));
    assertEquals(new GaussianMixture.Mean(4, 4), GaussianMixture.grid().means().get(24));
    assertEquals(new GaussianMixture.Mean(-4, -2), GaussianMixture.grid().means().get(1));
  }

  @Test
  void aPointDependsOnSeedAndIndexAlone() {
    GaussianMixture ring = GaussianMixture.ring(1);
    assertEquals(ring.point(5, 6), ring.point(5, 6));
  }

  @Test
  void anEmptyMixtureIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GaussianMixture(List.of(), 1));
  }

  private static void checkSpread(GaussianMixture mixture, int modes, double variance) {
    int draws = 20_000;
    int[] counts = new int[modes];
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      GaussianMixture.Point point = mixture.point(1, i);
      GaussianMixture.Mean mean = mixture.means().get(point.mode());
      counts[point.mode()]++;
      squares += Math.pow(point.x() - mean.x(), 2) + Math.pow(point.y() - mean.y(), 2);
    }
    assertEquals(variance, squares / (2 * draws), variance * 0.03);
    for (int count : counts) {
      assertEquals(1.0 / modes, (double) count / draws, 0.01);
    }
  }
}
