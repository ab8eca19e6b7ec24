package partita.models.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

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
    private long[] steps = {};
    private double[] means = {};
    private double sum;
    private long count;

    void close(long step) {
      if (count > 0) {
        steps = LongStream.concat(Arrays.stream(steps), LongStream.of(step)).toArray();
        means = DoubleStream.concat(Arrays.stream(means), DoubleStream.of(sum / count)).toArray();
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
      series.values().forEach(one -> one.close(step + 1));
    }
  }

  /** Points after step {@code from}, by step and then by series. */
  public List<Point> points(long from) {
    List<Point> points = new ArrayList<>();
    series.forEach(
        (name, one) -> {
          for (int i = 0; i < one.steps.length; i++) {
            if (one.steps[i] > from) {
              points.add(new Point(name, one.steps[i], one.means[i]));
            }
          }
        });
    points.sort(Comparator.comparingLong(Point::step).thenComparing(Point::series));
    return points;
  }

  List<NamedTensor> state() {
    List<NamedTensor> tensors = new ArrayList<>();
    series.forEach(
        (name, one) -> {
          tensors.add(NamedTensor.of(TensorRole.CURVE, name + "/steps", one.steps));
          tensors.add(NamedTensor.of(TensorRole.CURVE, name + "/means", one.means));
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
        one.steps = saved.take(TensorRole.CURVE, steps).longs();
        one.means = saved.take(TensorRole.CURVE, name + "/means").doubles();
        double[] open = saved.take(TensorRole.CURVE, name + "/open").doubles();
        one.sum = open[0];
        one.count = (long) open[1];
        series.put(name, one);
      }
    }
  }
}
