package partita.runners.cli;

import java.io.PrintStream;
import java.util.List;
import partita.pipelines.benchmark.Benchmark;
import partita.pipelines.benchmark.SetupPlan;

/** What {@code reproduce} would run, as it is printed for people. */
final class ReproducePlanText {
  private ReproducePlanText() {}

  static void print(Benchmark benchmark, List<SetupPlan> plans, PrintStream out) {
    out.printf("%s of %s%n", benchmark.paper().table(), benchmark.paper().citation());
    int width = plans.stream().mapToInt(plan -> plan.setup().name().length()).max().orElse(1);
    for (SetupPlan plan : plans) {
      out.printf("  %-" + width + "s  %s%n", plan.setup().name(), text(plan));
    }
    int trials = plans.stream().mapToInt(plan -> plan.trials().size()).sum();
    long done = plans.stream().mapToLong(SetupPlan::done).sum();
    long lacking = plans.stream().filter(plan -> !plan.lacks().isEmpty()).count();
    out.printf(
        "%d of %d trials to run%s%n",
        trials - done,
        trials,
        lacking == 0 ? "" : "; %d of %d rows lack something".formatted(lacking, plans.size()));
  }

  private static String text(SetupPlan plan) {
    if (!plan.lacks().isEmpty()) {
      return "lacks: " + String.join("; ", plan.lacks());
    }
    String trials =
        "%d %s of %,d steps, %d done"
            .formatted(
                plan.trials().size(),
                plan.trials().size() == 1 ? "trial" : "trials",
                plan.steps(),
                plan.done());
    return plan.reservations().isEmpty()
        ? trials
        : trials + "; not the paper's: " + String.join(", ", plan.reservations());
  }
}
