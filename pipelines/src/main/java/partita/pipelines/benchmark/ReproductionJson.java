package partita.pipelines.benchmark;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An outcome, or a plan, as it is written as JSON. */
public final class ReproductionJson {
  private ReproductionJson() {}

  /** A whole outcome. */
  record Table(
      String table,
      String citation,
      String printedAs,
      String title,
      String protocol,
      String error,
      Benchmark.Trials trials,
      String started,
      List<String> command,
      String artifacts,
      List<Row> results) {}

  /** A row in a group. */
  record Row(
      String row,
      String group,
      String experiment,
      List<String> set,
      long steps,
      long stepsOfPaper,
      List<Trial> trials,
      List<Figure> figures) {}

  /** What became of a trial. */
  record Trial(
      int trial, long seed, Map<String, Double> ceiling, String failure, @Nullable String report) {}

  /** A figure; {@code ours} is null when there is none, an unknown number is null. */
  record Figure(
      String column,
      String metric,
      Better better,
      BigDecimal paper,
      BigDecimal paperError,
      double tolerance,
      @Nullable Double ours,
      @Nullable Double oursError,
      List<Double> values,
      String verdict,
      String reason) {}

  /** What would become of a row in a group. */
  record Planned(
      String row,
      String group,
      long steps,
      int trials,
      long done,
      List<String> lacks,
      List<String> reservations) {}

  /** The outcome as records that Jackson writes as they are. */
  public static Object of(Reproduction reproduction) {
    Benchmark benchmark = reproduction.benchmark();
    return new Table(
        reproduction.table(),
        benchmark.paper().citation(),
        benchmark.paper().table(),
        benchmark.title(),
        benchmark.protocol(),
        benchmark.error(),
        benchmark.trials(),
        reproduction.started(),
        reproduction.command(),
        reproduction.artifacts(),
        reproduction.results().stream().map(ReproductionJson::row).toList());
  }

  /** The plan as records that Jackson writes as they are. */
  public static Object of(List<SetupPlan> plans) {
    return plans.stream()
        .map(
            plan ->
                new Planned(
                    plan.setup().row(),
                    plan.setup().group(),
                    plan.steps(),
                    plan.trials().size(),
                    plan.done(),
                    plan.lacks(),
                    plan.reservations()))
        .toList();
  }

  private static Row row(Reproduction.Result result) {
    Setup setup = result.setup();
    return new Row(
        setup.row(),
        setup.group(),
        setup.columns().experiment().orElse(""),
        setup.overrides(),
        result.steps(),
        setup.columns().steps(),
        result.trials().stream()
            .map(
                trial ->
                    new Trial(
                        trial.number(),
                        trial.seed(),
                        trial.ceiling(),
                        trial.failure(),
                        trial.report().orElse(null)))
            .toList(),
        result.cells().stream().map(cell -> figure(setup, cell)).toList());
  }

  private static Figure figure(Setup setup, Reproduction.Cell cell) {
    Benchmark.Column column = setup.columns().columns().get(cell.column());
    Optional<Measured> ours = cell.ours();
    return new Figure(
        cell.column(),
        column.metric(),
        column.better(),
        cell.paper().mean(),
        cell.paper().error(),
        column.tolerance().width(cell.paper()),
        ours.map(Measured::mean).filter(Double::isFinite).orElse(null),
        ours.map(Measured::standardError).filter(Double::isFinite).orElse(null),
        ours.map(Measured::trials).orElse(List.of()),
        cell.verdict().text(),
        cell.verdict().reason());
  }
}
