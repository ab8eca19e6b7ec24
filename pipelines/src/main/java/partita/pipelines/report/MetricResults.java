package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import partita.pipelines.report.ReportModel.Better;
import partita.pipelines.report.ReportModel.Metric;
import partita.transforms.dataset.IngestTask;
import partita.transforms.gan.ScoreReconstructionsTask;

/** Each metric at the last step, over sampling seeds, beside what it compares with. */
final class MetricResults {
  private static final List<String> LOWER_IS_BETTER =
      List.of(
          "fid",
          "kid",
          "lpips",
          "sfid",
          "reverse-kl",
          ScoreReconstructionsTask.ENCODED_PIXELS,
          ScoreReconstructionsTask.OPTIMIZED_PIXELS,
          ScoreReconstructionsTask.ENCODED_PERCEPTUAL,
          ScoreReconstructionsTask.OPTIMIZED_PERCEPTUAL);
  private static final List<String> SPLITS = List.of(IngestTask.TRAIN, IngestTask.VALIDATION);
  private static final String NOT_COMPARABLE = "not comparable";
  private static final int DIGEST_DIGITS = 8;

  private MetricResults() {}

  static List<Metric> of(MetricValues values) {
    List<Metric> metrics = new ArrayList<>();
    for (String metric : values.metrics()) {
      metrics.add(metric(values, metric));
    }
    return metrics;
  }

  private static Metric metric(MetricValues values, String name) {
    List<Long> steps = values.steps(name);
    long first = steps.get(0);
    long last = steps.get(steps.size() - 1);
    List<MetricValues.Value> seeds = values.at(name, last);
    MetricValues.Value one = seeds.get(0);
    Spread spread = Spread.of(seeds);
    MetricValues.Average average = values.average(name);
    return new Metric(
        name,
        network(one),
        protocol(one),
        better(name),
        last,
        spread.mean(),
        spread.std(),
        spread.count(),
        seeds.stream().mapToLong(MetricValues.Value::real).min().orElseThrow(),
        seeds.stream().mapToLong(MetricValues.Value::generated).min().orElseThrow(),
        values.realToReal(name),
        average.checkpoints(),
        average.mean(),
        average.std(),
        first,
        first < last ? Spread.of(values.at(name, first)).mean() : Double.NaN,
        "",
        NOT_COMPARABLE);
  }

  private static String protocol(MetricValues.Value value) {
    if (value.network().isEmpty()) {
      return value.protocol();
    }
    if (value.real() > 0) {
      return "real images: " + value.protocol();
    }
    return SPLITS.contains(value.protocol()) ? "generated images alone" : value.protocol();
  }

  private static Better better(String name) {
    int bracket = name.indexOf('(');
    String bare = bracket < 0 ? name : name.substring(0, bracket);
    return LOWER_IS_BETTER.contains(bare) ? Better.LOWER : Better.HIGHER;
  }

  /**
   * Name of the network with as much of its digest as a person compares, and the settings; empty
   * when none was used.
   */
  private static String network(MetricValues.Value value) {
    String named = value.network();
    if (named.isEmpty()) {
      return "";
    }
    int blank = named.lastIndexOf(' ');
    if (blank >= 0 && named.length() - blank > DIGEST_DIGITS) {
      String digest = named.substring(blank + 1, blank + 1 + DIGEST_DIGITS);
      named = "%s (digest %s)".formatted(named.substring(0, blank), digest);
    }
    return value.settings().isEmpty() ? named : named + ", with " + value.settings();
  }
}
