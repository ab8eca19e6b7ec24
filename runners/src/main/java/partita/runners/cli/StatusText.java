package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import partita.pipelines.dag.RunEvent;
import partita.pipelines.dag.RunEvents;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.pipelines.dag.StageStatus;
import partita.pipelines.store.Pin;
import partita.schemas.artifact.ArtifactStore;

/** The latest run as it is printed for people. */
final class StatusText {
  private StatusText() {}

  static void print(RunRecord record, boolean atWork, ArtifactStore store, PrintStream out) {
    out.printf("%s, run %s: %s", record.experiment(), record.runId(), record.status());
    out.printf(" (started %s, %s)%n", record.started(), Amount.duration(record.seconds()));
    int width = record.stages().stream().mapToInt(s -> s.name().length()).max().orElse(1);
    for (StageRecord stage : record.stages()) {
      String line = "  %-" + width + "s  %-11s  %s";
      out.println(
          line.formatted(stage.name(), word(stage.status()), detail(stage)).stripTrailing());
    }
    if (record.status().equals("running")) {
      out.println(lastSign(record, store));
      out.println(atWork ? "It is at work" : "It was killed; the same command continues");
    } else if (!record.message().isEmpty()) {
      out.println(record.message());
    }
  }

  /** What garbage collection never takes. */
  static void print(List<Pin> pins, PrintStream out) {
    for (Pin pin : pins) {
      out.printf("Pinned: %s %s (%s)%n", pin.kind(), pin.id(), pin.label());
    }
  }

  private static String word(StageStatus status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String detail(StageRecord stage) {
    String time = stage.seconds() > 0 ? Amount.duration(stage.seconds()) : "";
    String why = stage.message().isEmpty() ? stage.reason() : stage.message();
    return time.isEmpty() || why.isEmpty() ? time + why : time + ", " + why;
  }

  private static String lastSign(RunRecord record, ArtifactStore store) {
    try {
      List<RunEvent> events = RunEvents.read(store.run(record.runId()));
      RunEvent last = events.get(events.size() - 1);
      return "Last sign of life %s (%s %s %s)"
          .formatted(last.time(), last.stage(), last.kind(), last.values());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the events of run " + record.runId(), e);
    }
  }
}
