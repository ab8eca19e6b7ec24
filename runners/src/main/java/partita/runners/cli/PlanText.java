package partita.runners.cli;

import java.io.PrintStream;
import java.util.List;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.PlanState;
import partita.pipelines.dag.PlannedStage;

/** A plan as it is printed for people. */
final class PlanText {
  private PlanText() {}

  static void print(Plan plan, PrintStream out) {
    int width = plan.stages().stream().mapToInt(p -> p.stage().name().length()).max().orElse(1);
    out.println(plan.experiment());
    for (PlannedStage planned : plan.stages()) {
      String line = "  %-" + width + "s  %-9s  %s%s";
      out.println(
          line.formatted(
                  planned.stage().name(), label(planned.state()), planned.reason(), cost(planned))
              .stripTrailing());
    }
    out.println(summary(plan));
  }

  private static String label(PlanState state) {
    return switch (state) {
      case CACHED -> "cached";
      case WILL_RUN -> "will run";
      case DEPENDS -> "depends";
      case LEFT_OUT -> "left out";
    };
  }

  private static String cost(PlannedStage planned) {
    if (planned.state() == PlanState.CACHED || !planned.estimate().known()) {
      return "";
    }
    return " (last time %s, %s)"
        .formatted(
            Amount.duration(planned.estimate().seconds()),
            Amount.bytes(planned.estimate().bytes()));
  }

  /** One line: how much would run, and what is known of its cost. */
  static String summary(Plan plan) {
    List<PlannedStage> stale =
        plan.stages().stream()
            .filter(p -> p.state() == PlanState.WILL_RUN || p.state() == PlanState.DEPENDS)
            .toList();
    if (stale.isEmpty()) {
      return "Nothing to do: %d stages are up to date".formatted(count(plan, PlanState.CACHED));
    }
    long depends = count(plan, PlanState.DEPENDS);
    List<PlannedStage> known = stale.stream().filter(p -> p.estimate().known()).toList();
    double seconds = known.stream().mapToDouble(p -> p.estimate().seconds()).sum();
    long bytes = known.stream().mapToLong(p -> p.estimate().bytes()).sum();
    String cost =
        known.isEmpty()
            ? "time and disk unknown, they never ran here"
            : "about %s and %s by the last time"
                .formatted(Amount.duration(seconds), Amount.bytes(bytes));
    int unknown = stale.size() - known.size();
    return "%d of %d stages would run%s: %s%s"
        .formatted(
            stale.size(),
            plan.stages().size(),
            depends == 0 ? "" : " (%d of them only if an input changes)".formatted(depends),
            cost,
            known.isEmpty() || unknown == 0 ? "" : ", %d never ran here".formatted(unknown));
  }

  private static long count(Plan plan, PlanState state) {
    return plan.stages().stream().filter(planned -> planned.state() == state).count();
  }
}
