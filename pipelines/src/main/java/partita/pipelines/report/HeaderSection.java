package partita.pipelines.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import partita.pipelines.dag.StageStatus;

/** The head of the page: what ran, how it ended, how to repeat it, and what to be wary of. */
final class HeaderSection {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.US).withZone(ZoneOffset.UTC);

  private HeaderSection() {}

  static Tag draw(ReportModel model) {
    ReportModel.Run run = model.run();
    Tag header = Tag.of("header");
    header.add(
        Tag.of("p", "eyebrow").text("Partita run report"),
        Tag.of("div", "title").add(Tag.of("h1").text(run.experiment()), pill(run.status())),
        facts(model));
    if (!run.failure().isEmpty()) {
      header.add(failure(run));
    }
    notes(model.notes()).forEach(header::add);
    return header.add(command(run));
  }

  private static Tag failure(ReportModel.Run run) {
    boolean failed = run.status().equals("failed");
    return Tag.of("div", failed ? "alert failed" : "alert stopped")
        .with("role", "alert")
        .add(
            Tag.of("strong").text(failed ? "The run failed" : "The run ended early"),
            Tag.of("pre").text(run.failure()));
  }

  private static Tag pill(String status) {
    StatusMark mark =
        switch (status) {
          case "succeeded" -> StatusMark.of(StageStatus.RAN);
          case "failed" -> StatusMark.of(StageStatus.FAILED);
          case "interrupted" -> StatusMark.of(StageStatus.INTERRUPTED);
          default -> StatusMark.of(StageStatus.RUNNING);
        };
    return Tag.of("span", "pill " + mark.style()).add(mark.inline()).text(status);
  }

  private static Tag facts(ReportModel model) {
    ReportModel.Run run = model.run();
    Tag list = Tag.of("dl", "facts");
    fact(list, "Run", run.id());
    fact(list, "Started", time(run.started()));
    fact(list, "Duration", NumberText.seconds(run.seconds()));
    fact(list, "Stages", stages(model.stages()));
    run.facts().forEach(fact -> fact(list, fact.name(), fact.text()));
    fact(list, "Artifacts", run.artifacts());
    return list;
  }

  private static void fact(Tag list, String name, String text) {
    if (!text.isEmpty()) {
      list.add(Tag.of("div").add(Tag.of("dt").text(name), Tag.of("dd").text(text)));
    }
  }

  private static String time(String instant) {
    try {
      return TIME.format(Instant.parse(instant));
    } catch (DateTimeParseException notAnInstant) {
      return instant;
    }
  }

  private static String stages(List<ReportModel.Stage> stages) {
    Map<String, Integer> counts = new TreeMap<>();
    for (ReportModel.Stage stage : stages) {
      counts.merge(StatusMark.of(stage.status()).word(), 1, Integer::sum);
    }
    List<String> parts = new ArrayList<>();
    counts.forEach((word, count) -> parts.add(count + " " + word));
    return String.join(", ", parts);
  }

  private static List<Tag> notes(List<ReportModel.Note> notes) {
    return notes.stream()
        .map(
            note ->
                Tag.of("div", note.level() == ReportModel.Level.WARNING ? "alert stopped" : "alert")
                    .add(
                        Tag.of("strong")
                            .text(note.level() == ReportModel.Level.WARNING ? "Warning" : "Note"),
                        Tag.of("p").text(note.text())))
        .toList();
  }

  private static Tag command(ReportModel.Run run) {
    if (run.command().isEmpty()) {
      return Tag.of("div");
    }
    return Tag.of("div", "command")
        .add(
            Tag.of("div", "command-head")
                .add(
                    Tag.of("span")
                        .text(run.status().equals("succeeded") ? "To reproduce" : "To continue"),
                    Tag.of("button", "copy")
                        .with("type", "button")
                        .with("hidden", "")
                        .text("Copy")),
            Tag.of("pre").add(Tag.of("code").text(run.command())));
  }
}
