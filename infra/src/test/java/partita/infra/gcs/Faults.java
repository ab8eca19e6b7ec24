package partita.infra.gcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What goes wrong with which of the next requests. */
final class Faults {
  private final List<Planned> planned = new ArrayList<>();

  private static final class Planned {
    final Pattern requests;
    final Fault fault;
    final Runnable meanwhile;
    int left;

    Planned(Pattern requests, Fault fault, int left, Runnable meanwhile) {
      this.requests = requests;
      this.fault = fault;
      this.left = left;
      this.meanwhile = meanwhile;
    }
  }

  synchronized void plan(String requests, Fault fault, int times, Runnable meanwhile) {
    planned.add(new Planned(Pattern.compile(requests), fault, times, meanwhile));
  }

  /** The fault of a request, which is then used up. */
  synchronized Optional<Fault> next(String request) {
    for (Planned plan : planned) {
      if (plan.left > 0 && plan.requests.matcher(request).find()) {
        plan.left--;
        plan.meanwhile.run();
        return Optional.of(plan.fault);
      }
    }
    return Optional.empty();
  }
}
