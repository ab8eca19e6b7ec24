package partita.transforms.score;

import java.io.IOException;
import java.nio.file.Path;
import partita.models.metric.ModeCoverage;
import partita.transforms.dataset.PointMixture;
import partita.transforms.shard.ShardContext;

/**
 * Coverage of a mixture's modes by points, a {@link FeatureFile} {@code [N, 2]}, the raw input
 * {@link #GENERATED}; no real set takes part.
 *
 * @param naming how the figures are named
 * @param mixture what the points should come from
 */
public record ModeCoverageTask(Naming naming, PointMixture mixture) implements GivenComparison {

  @Override
  public Figures figures(ShardContext context) throws IOException {
    try (FeatureFile points = FeatureFile.open(Path.of(context.inputs().file(GENERATED)))) {
      ModeCoverage coverage = ModeCoverage.of(points, mixture.gaussians());
      return new Figures(naming, 0, points.rows())
          .add("modes", "means with a point within 3 sigma on each axis", coverage.modes())
          .add(
              "reverse-kl(ln)",
              "of the nearest means to uniform, ln",
              coverage.nearest().reverseKl())
          .add(
              "reverse-kl(log10)",
              "of the nearest means to uniform, log10",
              coverage.nearest().reverseKlLog10())
          .add(
              "high-quality(box)",
              "percent within 3 sigma of a mean on each axis",
              coverage.highQualityBox())
          .add(
              "high-quality(radius)",
              "percent within radius 3 sigma of a mean",
              coverage.highQualityRadius());
    }
  }
}
