package partita.pipelines.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import partita.pipelines.compare.StageDiff.Presence;
import partita.pipelines.compare.StageDiff.Side;
import partita.pipelines.dag.BadInputException;
import partita.pipelines.dag.RunHistory;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRecord.StageRecord;
import partita.schemas.artifact.ArtifactStore;
import partita.schemas.artifact.Manifest;

/**
 * Two runs beside each other.
 *
 * @param before the first
 * @param after the second
 * @param settings device, threads and what else describes a run, where they differ
 * @param stages all stages of either, in the order of the second run, those of the first alone last
 */
public record RunDiff(Head before, Head after, List<Change> settings, List<StageDiff> stages) {

  public RunDiff {
    settings = List.copyOf(settings);
    stages = List.copyOf(stages);
  }

  /**
   * A run as a whole.
   *
   * @param seconds wall-clock seconds
   */
  public record Head(
      String runId,
      String experiment,
      String status,
      String started,
      double seconds,
      List<String> command) {

    static Head of(RunRecord run) {
      return new Head(
          run.runId(), run.experiment(), run.status(), run.started(), run.seconds(), run.command());
    }
  }

  /**
   * Compares two runs, named as {@link RunHistory#find} has it.
   *
   * @throws BadInputException when one of them is not there
   */
  public static RunDiff of(ArtifactStore store, String first, String second) throws IOException {
    return between(store, record(store, first), record(store, second));
  }

  /** Compares two runs by their records. */
  public static RunDiff between(ArtifactStore store, RunRecord before, RunRecord after)
      throws IOException {
    Set<String> names = new LinkedHashSet<>();
    after.stages().forEach(stage -> names.add(stage.name()));
    before.stages().forEach(stage -> names.add(stage.name()));
    List<StageDiff> stages = new ArrayList<>();
    for (String name : names) {
      stages.add(stage(store, name, before.stage(name), after.stage(name)));
    }
    return new RunDiff(
        Head.of(before),
        Head.of(after),
        ArtifactDiff.changes(Change.Kind.PARAMETER, before.settings(), after.settings()),
        stages);
  }

  private static RunRecord record(ArtifactStore store, String given) throws IOException {
    RunHistory history = new RunHistory(store);
    String id = history.find(given);
    return history
        .record(id)
        .orElseThrow(
            () ->
                new BadInputException(
                    "Cannot compare run %s: its record is not here; it was made on another machine or killed at its start"
                        .formatted(id)));
  }

  private static StageDiff stage(
      ArtifactStore store, String name, Optional<StageRecord> before, Optional<StageRecord> after)
      throws IOException {
    Optional<Manifest> first = artifact(store, before);
    Optional<Manifest> second = artifact(store, after);
    List<Change> changes = new ArrayList<>();
    boolean differ = first.isPresent() && second.isPresent();
    if (differ && !first.get().actionKey().equals(second.get().actionKey())) {
      changes.addAll(ArtifactDiff.of(first.get(), second.get()));
      changes.addAll(
          ArtifactDiff.changes(
              Change.Kind.METRIC,
              ArtifactMetrics.read(store, first.get()),
              ArtifactMetrics.read(store, second.get())));
    }
    return new StageDiff(
        name, presence(before, after), side(before, first), side(after, second), changes);
  }

  private static Optional<Manifest> artifact(ArtifactStore store, Optional<StageRecord> stage)
      throws IOException {
    String key = stage.map(StageRecord::actionKey).orElse("");
    return key.isEmpty() ? Optional.empty() : store.find(key);
  }

  private static Presence presence(Optional<StageRecord> before, Optional<StageRecord> after) {
    boolean first = before.filter(stage -> !stage.actionKey().isEmpty()).isPresent();
    boolean second = after.filter(stage -> !stage.actionKey().isEmpty()).isPresent();
    if (first) {
      return second ? Presence.BOTH : Presence.FIRST_ONLY;
    }
    return second ? Presence.SECOND_ONLY : Presence.NEITHER;
  }

  private static Side side(Optional<StageRecord> stage, Optional<Manifest> artifact) {
    return stage
        .map(
            found ->
                new Side(
                    found.status().name(),
                    found.actionKey(),
                    artifact.isPresent(),
                    artifact.map(made -> made.provenance().seconds()).orElse(-1.0)))
        .orElse(Side.ABSENT);
  }
}
