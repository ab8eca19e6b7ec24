package partita.pipelines.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import partita.pipelines.compare.Change;
import partita.pipelines.compare.RunDiff;
import partita.pipelines.compare.StageDiff;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunNote;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.StageStatus;
import partita.schemas.artifact.ArtifactStore;

/** The latest runs of the same experiment before a run, and in what it differs from them. */
final class PastRuns {
  private static final int MOST_RUNS = 8;
  private static final int MOST_CHANGES = 60;

  private PastRuns() {}

  /** Latest first; those that left no record here are passed over. */
  static List<ReportModel.PastRun> collect(RunRecord record, ArtifactStore store)
      throws IOException {
    RunHistory history = new RunHistory(store);
    List<String> ids = new ArrayList<>(history.ids());
    Collections.reverse(ids);
    List<ReportModel.PastRun> past = new ArrayList<>();
    for (String id : ids) {
      if (past.size() < MOST_RUNS
          && id.compareTo(record.runId()) < 0
          && history.noteOf(id).map(RunNote::experiment).orElse("").equals(record.experiment())) {
        Optional<RunRecord> earlier = history.record(id);
        if (earlier.isPresent()) {
          past.add(of(earlier.get(), RunDiff.between(store, earlier.get(), record)));
        }
      }
    }
    return past;
  }

  private static ReportModel.PastRun of(RunRecord run, RunDiff diff) {
    List<ReportModel.Difference> differences = new ArrayList<>();
    for (Change setting : diff.settings()) {
      differences.add(new ReportModel.Difference("", setting.text()));
    }
    for (StageDiff stage : diff.stages()) {
      if (!stage.same()) {
        switch (stage.presence()) {
          case FIRST_ONLY -> add(differences, stage, "only the earlier run has an artifact of it");
          case SECOND_ONLY -> add(differences, stage, "only this run has an artifact of it");
          case BOTH -> addChanges(differences, stage);
          case NEITHER -> {}
        }
      }
    }
    int more = differences.size() - MOST_CHANGES;
    if (more > 0) {
      differences.subList(MOST_CHANGES, differences.size()).clear();
      differences.add(
          new ReportModel.Difference(
              "", "%d more: diff %s %s".formatted(more, run.runId(), diff.after().runId())));
    }
    return new ReportModel.PastRun(
        run.runId(),
        run.status(),
        run.started(),
        run.seconds(),
        count(run, StageStatus.RAN),
        count(run, StageStatus.CACHED) + count(run, StageStatus.CUT_OFF),
        differences);
  }

  private static void addChanges(List<ReportModel.Difference> to, StageDiff stage) {
    if (!stage.before().there() || !stage.after().there()) {
      add(to, stage, "differs; one of the artifacts is gone from the store");
    }
    stage.changes().forEach(change -> add(to, stage, change.text()));
  }

  private static void add(List<ReportModel.Difference> to, StageDiff stage, String text) {
    to.add(new ReportModel.Difference(stage.stage(), text));
  }

  private static int count(RunRecord run, StageStatus status) {
    return (int) run.stages().stream().filter(stage -> stage.status() == status).count();
  }
}
