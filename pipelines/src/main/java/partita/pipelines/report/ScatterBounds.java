package partita.pipelines.report;

import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import partita.pipelines.report.ReportModel.Cloud;
import partita.pipelines.report.ReportModel.Origin;

/**
 * The square that all pictures of a scatter show: the real points with room around them, so that a
 * generator that runs away at one step does not shrink all others; without real points all.
 *
 * @param reach half of the edge
 */
record ScatterBounds(double centerX, double centerY, double reach) {
  private static final double ROOM = 1.15;

  static ScatterBounds of(ReportModel.Scatter scatter) {
    List<Cloud> all = scatter.rounds().stream().flatMap(round -> round.clouds().stream()).toList();
    List<Cloud> real = all.stream().filter(cloud -> cloud.origin() == Origin.REAL).toList();
    List<Cloud> shown = real.isEmpty() ? all : real;
    double[] wide = range(shown, Cloud::x);
    double[] tall = range(shown, Cloud::y);
    double half = Math.max(wide[1] - wide[0], tall[1] - tall[0]) / 2 * ROOM;
    return new ScatterBounds((wide[0] + wide[1]) / 2, (tall[0] + tall[1]) / 2, half > 0 ? half : 1);
  }

  private static double[] range(List<Cloud> clouds, Function<Cloud, List<Double>> coordinate) {
    Stream<Double> values = clouds.stream().flatMap(cloud -> coordinate.apply(cloud).stream());
    double[] finite = values.mapToDouble(Double::doubleValue).filter(Double::isFinite).toArray();
    return new double[] {
      DoubleStream.of(finite).min().orElse(-1), DoubleStream.of(finite).max().orElse(1)
    };
  }

  /** Whether a point can be drawn; one that is not finite cannot. */
  boolean holds(double x, double y) {
    return Math.abs(x - centerX) <= reach && Math.abs(y - centerY) <= reach;
  }

  /** How many points of a cloud lie outside. */
  long outside(Cloud cloud) {
    long outside = 0;
    for (int i = 0; i < cloud.x().size(); i++) {
      outside += holds(cloud.x().get(i), cloud.y().get(i)) ? 0 : 1;
    }
    return outside;
  }
}
