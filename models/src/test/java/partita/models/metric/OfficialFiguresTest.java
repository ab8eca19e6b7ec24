package partita.models.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import partita.models.row.ArrayRows;
import partita.models.row.Golden;
import partita.models.row.RowSource;
import partita.models.synthetic.GaussianMixture;

/**
 * What the unmodified functions of the official repositories gave on the same features; {@code
 * official/official.py} says which, and {@code official/VERSIONS} at which commits.
 */
class OfficialFiguresTest {

  @ParameterizedTest
  @ValueSource(strings = {"pytorch-fid", "torch-fidelity", "clean-fid", "ic-gan"})
  void frechetDistanceOfSampleCovariances(String code) throws IOException {
    Figures.assertFigure(code + ".fid", frechet(CovarianceEstimate.SAMPLE));
  }

  @Test
  void frechetDistanceOfPopulationCovariances() throws IOException {
    Figures.assertFigure("stylegan2-ada.fid", frechet(CovarianceEstimate.POPULATION));
  }

  @Test
  void inceptionScoreOfEqualSplitsLeavesOutWhatIsOver() throws IOException {
    InceptionScore found = inception(InceptionSplits.EQUAL);
    Figures.assertFigure("ic-gan.is.mean", found.mean());
    Figures.assertFigure("ic-gan.is.std", found.std());
  }

  @Test
  void inceptionScoreOfShuffledSamples() throws IOException {
    InceptionScore found = inception(InceptionSplits.SHUFFLED);
    Figures.assertFigure("torch-fidelity.is.mean", found.mean());
    Figures.assertFigure("torch-fidelity.is.std", found.std());
  }

  @Test
  void kernelDistance() throws IOException {
    KernelDistance subsets =
        KernelDistance.ofSubsets(Figures.real(), Figures.generated(), 7, 50, KernelDistance.SEED);
    Figures.assertFigure("torch-fidelity.kid.mean", subsets.value());
    Figures.assertFigure("torch-fidelity.kid.std", subsets.std());
    RowSource generated = Figures.generated();
    RowSource real = Figures.first(Figures.real(), (int) generated.rows());
    Figures.assertFigure("clean-fid.kid", KernelDistance.ofAll(real, generated).value());
  }

  /** Its shares are means of float32 numbers. */
  @Test
  void improvedPrecisionAndRecall() throws IOException {
    PrecisionRecall found =
        PrecisionRecall.of(balls(Figures.real(), 3), balls(Figures.generated(), 3));
    Figures.assertFigure("torch-fidelity.precision", found.precision());
    Figures.assertFigure("torch-fidelity.recall", found.recall());
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void densityAndCoverage(int k) throws IOException {
    Prdc found = Prdc.of(balls(Figures.real(), k), balls(Figures.generated(), k));
    Figures.assertFigure("prdc.precision." + k, found.precision());
    Figures.assertFigure("prdc.recall." + k, found.recall());
    Figures.assertFigure("prdc.density." + k, found.density());
    Figures.assertFigure("prdc.coverage." + k, found.coverage());
  }

  @Test
  void densityAndCoverageOfIcGan() throws IOException {
    Prdc found = Prdc.of(balls(Figures.real(), Prdc.K), balls(Figures.generated(), Prdc.K));
    Figures.assertFigure("ic-gan.precision", found.precision());
    Figures.assertFigure("ic-gan.recall", found.recall());
    Figures.assertFigure("ic-gan.density", found.density());
    Figures.assertFigure("ic-gan.coverage", found.coverage());
  }

  @Test
  void modesOfPoints() throws IOException {
    float[] points = Golden.floats("metric/official/points.bin");
    float[] grid = Arrays.copyOf(points, 1000);
    float[] ring = Arrays.copyOfRange(points, 1000, points.length);
    assertModes("grid", ModeCoverage.of(new ArrayRows(grid, 2), GaussianMixture.grid()));
    assertModes("ring", ModeCoverage.of(new ArrayRows(ring, 2), GaussianMixture.ring(2)));
  }

  private static void assertModes(String data, ModeCoverage found) {
    String prefix = "self-conditioned." + data;
    assertEquals(Figures.expected(prefix + ".modes"), found.modes());
    Figures.assertFigure(prefix + ".quality", found.highQualityBox() / 100);
    Figures.assertFigure(prefix + ".reverse-kl", found.nearest().reverseKl());
  }

  /** As {@code official.py} labels them. */
  @Test
  void agreementOfClusters() {
    int[] classes = IntStream.range(0, 600).map(i -> i * 5 / 7 % 9).toArray();
    int[] clusters =
        IntStream.range(0, 600)
            .map(i -> i % 4 == 0 ? i * 7 / 11 % 13 : (classes[i] + 2) % 9)
            .toArray();
    ClusterAgreement found = ClusterAgreement.of(clusters, classes);
    Figures.assertFigure("self-conditioned.purity", found.purityByClasses());
    Figures.assertFigure("self-conditioned.nmi", found.nmiArithmetic());
  }

  private static InceptionScore inception(InceptionSplits cut) throws IOException {
    return InceptionScore.ofLogits(Figures.logits(), InceptionScore.SPLITS, cut);
  }

  private static double frechet(CovarianceEstimate estimate) throws IOException {
    return FrechetDistance.between(
            Moments.of(Figures.real()), Moments.of(Figures.generated()), estimate)
        .value();
  }

  private static Manifold balls(RowSource rows, int k) {
    return Manifold.of(rows, k);
  }
}
