package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import partita.models.random.CounterRandom;

/**
 * Which readings of NMI and purity the published figures of random clusterings into 100 fit (Liu et
 * al., section 4.5): ImageNet .0069 and .0176, Places365 .0019 and .0137.
 *
 * <p>The exact lists of class sizes are not at hand. Assumed are the published number of classes,
 * total, smallest and largest class, and between them the curve {@code largest - (largest -
 * smallest) t^q}, t evenly from 0 to 1, q such that the total is met; images lost by rounding down
 * go to the largest classes below the largest size, one each in turn. ImageNet: 895 classes of
 * 1,300 images and 105 on the curve from 1,300 to 732 (q = 2.17), 1,281,167 in all.
 * Places365-standard: 365 on the curve from 5,000 to 3,068 (q = 31.7), 1,803,460 in all.
 */
class RandomClusteringTest {
  private static final int CLUSTERS = 100;

  /** One draw varies by 3e-5 in NMI and 4e-5 in purity, the mean of eight by a third of that. */
  @Test
  void onImageNetTheGeometricNmiAndThePurityByClassesAreThePublishedOnes() {
    int[] others = curve(105, 732, 1300, 1_281_167 - 895 * 1300);
    int[] sizes =
        IntStream.concat(IntStream.generate(() -> 1300).limit(895), Arrays.stream(others))
            .toArray();
    ClusterAgreement[] draws = draws(sizes, 8);
    assertEquals(0.00694, mean(draws, ClusterAgreement::nmiGeometric), 2e-5);
    assertEquals(0.00680, mean(draws, ClusterAgreement::nmiArithmetic), 2e-5);
    assertEquals(0.01766, mean(draws, ClusterAgreement::purityByClasses), 3e-5);
    assertEquals(0.00203, mean(draws, ClusterAgreement::purityByClusters), 3e-5);
  }

  /** One draw varies by 1.4e-5 in NMI and 2e-5 in purity. */
  @Test
  void onPlacesThePurityByClassesIsThePublishedOneAndSoIsEitherNmi() {
    ClusterAgreement[] draws = draws(curve(365, 3068, 5000, 1_803_460), 3);
    assertEquals(0.00193, mean(draws, ClusterAgreement::nmiGeometric), 2e-5);
    assertEquals(0.00191, mean(draws, ClusterAgreement::nmiArithmetic), 2e-5);
    assertEquals(0.01375, mean(draws, ClusterAgreement::purityByClasses), 3e-5);
    assertEquals(0.00398, mean(draws, ClusterAgreement::purityByClusters), 3e-5);
  }

  private static double mean(ClusterAgreement[] draws, ToDoubleFunction<ClusterAgreement> figure) {
    return Arrays.stream(draws).mapToDouble(figure).average().orElseThrow();
  }

  private static ClusterAgreement[] draws(int[] sizes, int count) {
    int[] classes =
        IntStream.range(0, sizes.length)
            .flatMap(label -> IntStream.generate(() -> label).limit(sizes[label]))
            .toArray();
    ClusterAgreement[] draws = new ClusterAgreement[count];
    for (int draw = 0; draw < count; draw++) {
      CounterRandom random = new CounterRandom(draw, "random.clusters");
      int[] clusters = new int[classes.length];
      Arrays.setAll(clusters, row -> random.below(CLUSTERS, 0, row, 0));
      draws[draw] = ClusterAgreement.of(clusters, classes);
    }
    return draws;
  }

  private static int[] curve(int count, int smallest, int largest, int total) {
    double q = (largest - smallest) / (largest - (double) total / count) - 1;
    int[] sizes = new int[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = (int) (largest - (largest - smallest) * Math.pow(i / (count - 1.0), q));
    }
    int missing = total - Arrays.stream(sizes).sum();
    for (int i = 0; missing > 0; i = (i + 1) % (count - 1)) {
      if (sizes[i] < largest) {
        sizes[i]++;
        missing--;
      }
    }
    return sizes;
  }
}
