package partita.pipelines.bench;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Main class of the processes that measure our side: takes a work order as JSON, prints the
 * measurement as its last line.
 */
final class MeasuringProcess {
  static final ObjectMapper JSON = new ObjectMapper();

  private MeasuringProcess() {}

  public static void main(String[] arguments) throws Exception {
    WorkOrder order = JSON.readValue(arguments[0], WorkOrder.class);
    Measurement measured =
        order.benchmark().equals(MachinePeak.NAME)
            ? MachinePeak.measure(order)
            : Benchmarks.measured(order.benchmark()).measure(order);
    System.out.println(measured.line());
  }
}
