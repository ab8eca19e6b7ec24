package partita.transforms.metric;

import java.util.List;
import java.util.Locale;
import partita.models.metric.ModeCoverage;
import partita.models.row.RowSource;
import partita.transforms.dataset.PointMixture;

/**
 * The figures of points against the mixture that they should come from, by name, as {@link
 * ModeCoverage} defines them. Their protocol names the mixture and how many points were scored: a
 * reverse KL divergence depends on it, so figures of different counts do not compare.
 */
final class PointScores {
  static final String MODES = "modes";
  static final String HIGH_QUALITY_BOX = "high-quality(box)";
  static final String HIGH_QUALITY_RADIUS = "high-quality(radius)";
  static final String REVERSE_KL_LN = "reverse-kl(ln)";
  static final String REVERSE_KL_LOG10 = "reverse-kl(log10)";

  /** All of them. */
  static final List<String> NAMES =
      List.of(MODES, HIGH_QUALITY_BOX, HIGH_QUALITY_RADIUS, REVERSE_KL_LN, REVERSE_KL_LOG10);

  private final ModeCoverage coverage;
  private final PointMixture mixture;
  private final long count;

  private PointScores(ModeCoverage coverage, PointMixture mixture, long count) {
    this.coverage = coverage;
    this.mixture = mixture;
    this.count = count;
  }

  static PointScores of(RowSource points, PointMixture mixture) {
    return new PointScores(ModeCoverage.of(points, mixture.gaussians()), mixture, points.rows());
  }

  /** Rows of generated points, drawn with a seed. */
  MetricRows generated(long sampleSeed) {
    return rows(new MetricRows(sampleSeed, "", protocol()), 0, count);
  }

  /** Rows of real points. */
  MetricRows real() {
    String protocol = PointCeilingTask.REAL_POINTS + ", " + protocol();
    return rows(new MetricRows(-1, "", protocol), count, 0);
  }

  private String protocol() {
    String name = mixture.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return "%s, %d points".formatted(name, count);
  }

  private MetricRows rows(MetricRows rows, long real, long generated) {
    rows.add(MODES, coverage.modes(), Double.NaN, real, generated);
    rows.add(HIGH_QUALITY_BOX, coverage.highQualityBox(), Double.NaN, real, generated);
    rows.add(HIGH_QUALITY_RADIUS, coverage.highQualityRadius(), Double.NaN, real, generated);
    rows.add(REVERSE_KL_LN, coverage.nearest().reverseKl(), Double.NaN, real, generated);
    rows.add(REVERSE_KL_LOG10, coverage.nearest().reverseKlLog10(), Double.NaN, real, generated);
    return rows;
  }
}
