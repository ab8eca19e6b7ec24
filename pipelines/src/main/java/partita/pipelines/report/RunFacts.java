package partita.pipelines.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.report.ReportModel.Fact;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;
import partita.schemas.table.ImageTable;
import partita.schemas.table.PointTable;
import partita.transforms.gan.NoLabels;
import partita.transforms.gan.TrainLabelGanTask;

/** The head of a report: what ran, where and with what. */
final class RunFacts {
  private static final String ARTIFACTS = "artifacts";

  /** Task of the stages whose parameter {@code labels} is a rule, {@code CommittedLabels}. */
  private static final String TRAINING = TrainLabelGanTask.class.getSimpleName();

  private static final String UNLABELED = NoLabels.class.getSimpleName();

  private RunFacts() {}

  static ReportModel.Run of(
      RunRecord record, ArtifactStore store, RunTables tables, MetricValues values) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Runner", record.runner()));
    for (Map.Entry<String, String> setting : record.settings().entrySet()) {
      if (!setting.getKey().equals(ARTIFACTS)) {
        facts.add(new Fact(title(setting.getKey()), setting.getValue()));
      }
    }
    facts.add(new Fact("Engine", engines(tables)));
    facts.add(new Fact("Images", rows(tables, ImageTable.NAME)));
    facts.add(new Fact("Points", rows(tables, PointTable.NAME)));
    facts.add(new Fact("Labels", labels(tables)));
    for (MetricValues.Value value : values.ofNetworks()) {
      facts.add(
          new Fact(
              title(value.stage().kind()) + " " + value.metric(),
              "%s on %s validation images"
                  .formatted(NumberText.of(value.value()), NumberText.count(value.real()))));
    }
    return new ReportModel.Run(
        record.experiment(),
        record.runId(),
        record.status(),
        record.started(),
        record.seconds(),
        facts,
        ShellCommand.of(record.command()),
        store.root(),
        record.message());
  }

  /** Where a GAN's labels came from, but for its first weights; empty where it has none. */
  private static String labels(RunTables tables) {
    return tables.artifacts().values().stream()
        .map(Manifest::parameters)
        .filter(parameters -> TRAINING.equals(parameters.get("task")))
        .filter(parameters -> !"0".equals(parameters.get("toStep")))
        .map(parameters -> parameters.getOrDefault("labels", UNLABELED))
        .filter(rule -> !rule.equals(UNLABELED))
        .map(rule -> rule.replaceFirst("Labels$", "").toLowerCase(Locale.ROOT))
        .distinct()
        .collect(Collectors.joining(", then "));
  }

  private static String engines(RunTables tables) {
    return tables.artifacts().values().stream()
        .map(artifact -> artifact.provenance().engine())
        .filter(engine -> !engine.equals("none"))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String rows(RunTables tables, String kind) {
    return tables.named(kind).stream()
        .map(table -> NumberText.count(table.rows()) + " " + table.role())
        .collect(Collectors.joining(", "));
  }

  private static String title(String word) {
    return word.isEmpty()
        ? word
        : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
