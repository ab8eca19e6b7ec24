package partita.models.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Means of each loss over windows of steps that are aligned with the global step, so that a curve
 * does not depend on where training was cut. A window's steps may be unfinished when training
 * stops; its sum is part of the state.
 */
public final class LossCurve {
  private final int window;
  private final Map<String, Series> series = new TreeMap<>();

  /**
   * One point of a curve.
   *
   * @param series name of the loss
   * @param step number of finished steps at the end of the window
   * @param value mean over the window's steps that computed it
   */
  public record Point(String series, long step, double value) {}

  private static final class Series {
    private final List<Point> points = new ArrayList<>();
    private double sum;
    private long count;

    void close(String name, long step) {
      if (count > 0) {
        points.add(new Point(name, step, sum / count));
      }
      sum = 0;
      count = 0;
    }
  }

  LossCurve(int window) {
    if (window < 1) {
      throw new IllegalArgumentException(
          "Cannot average losses over " + window + " steps: expected at least 1");
    }
    this.window = window;
  }

  void add(long step, Map<String, Double> losses) {
    losses.forEach(
        (name, value) -> {
          Series one = series.computeIfAbsent(name, absent -> new Series());
          one.sum += value;
          one.count++;
        });
    if ((step + 1) % window == 0) {
      series.forEach((name, one) -> one.close(name, step + 1));
    }
  }

  /** Points after step {@code from}, by step and then by series. */
  public List<Point> points(long from) {
    return series.values().stream()
        .flatMap(one -> one.points.stream())
        .filter(point -> point.step() > from)
        .sorted(Comparator.comparingLong(Point::step).thenComparing(Point::series))
        .toList();
  }

  List<NamedTensor> state() {
    List<NamedTensor> tensors = new ArrayList<>();
    series.forEach(
        (name, one) -> {
          long[] steps = one.points.stream().mapToLong(Point::step).toArray();
          double[] means = one.points.stream().mapToDouble(Point::value).toArray();
          tensors.add(NamedTensor.of(TensorRole.CURVE, name + "/steps", steps));
          tensors.add(NamedTensor.of(TensorRole.CURVE, name + "/means", means));
          tensors.add(NamedTensor.of(TensorRole.CURVE, name + "/open", one.sum, one.count));
        });
    return tensors;
  }

  void restore(Saved saved) {
    series.clear();
    for (String steps : saved.names(TensorRole.CURVE, "")) {
      if (steps.endsWith("/steps")) {
        String name = steps.substring(0, steps.length() - "/steps".length());
        Series one = new Series();
        long[] ends = saved.take(TensorRole.CURVE, steps).longs();
        double[] means = saved.take(TensorRole.CURVE, name + "/means").doubles();
        for (int i = 0; i < ends.length; i++) {
          one.points.add(new Point(name, ends[i], means[i]));
        }
        double[] open = saved.take(TensorRole.CURVE, name + "/open").doubles();
        one.sum = open[0];
        one.count = (long) open[1];
        series.put(name, one);
      }
    }
  }
}
