package partita.runners.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import partita.infra.lineage.LineageSender;
import partita.pipelines.dag.Plan;
import partita.pipelines.dag.RunListener;
import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.RunRequest;
import partita.pipelines.dag.StageProgress;
import partita.pipelines.scalar.RunScalars;
import partita.schemas.artifact.ArtifactStore;

/** All who hear of a run: the terminal, the curves in its folder, and where lineage goes. */
final class RunListeners implements RunListener, AutoCloseable {
  private final List<RunListener> listeners;
  private final RunScalars scalars;
  private final List<LineageListener> told;

  private RunListeners(
      List<RunListener> listeners, RunScalars scalars, List<LineageListener> told) {
    this.listeners = listeners;
    this.scalars = scalars;
    this.told = told;
  }

  /** Those that the settings ask for; {@code text} is what is shown of the run. */
  static RunListeners of(
      Settings settings,
      ArtifactStore store,
      RunRequest request,
      PrintStream text,
      RunLogFile log) {
    ConsoleProgress console = new ConsoleProgress(text, log, settings);
    RunScalars scalars = new RunScalars(store, console::warn);
    List<RunListener> listeners = new ArrayList<>(List.of(console, scalars));
    List<LineageListener> told = new ArrayList<>();
    settings
        .lineage()
        .ifPresent(
            target -> {
              LineageSender sender = LineageSender.to(target, console::warn);
              LineageListener lineage = new LineageListener(sender, store, request);
              told.add(lineage);
              listeners.add(lineage);
            });
    return new RunListeners(listeners, scalars, told);
  }

  @Override
  public void planned(String runId, Path folder, Plan plan) {
    listeners.forEach(listener -> listener.planned(runId, folder, plan));
  }

  @Override
  public void stageStarted(String stage, int index, int count, String reason) {
    listeners.forEach(listener -> listener.stageStarted(stage, index, count, reason));
  }

  @Override
  public void stageWaiting(String stage) {
    listeners.forEach(listener -> listener.stageWaiting(stage));
  }

  @Override
  public void progress(StageProgress progress) {
    listeners.forEach(listener -> listener.progress(progress));
  }

  @Override
  public void progressMissed(IOException cause) {
    listeners.forEach(listener -> listener.progressMissed(cause));
  }

  @Override
  public void stageFailed(String stage, Exception failure) {
    listeners.forEach(listener -> listener.stageFailed(stage, failure));
  }

  @Override
  public void stageEnded(RunRecord.StageRecord stage) {
    listeners.forEach(listener -> listener.stageEnded(stage));
  }

  @Override
  public void runEnded(RunRecord record) {
    listeners.forEach(listener -> listener.runEnded(record));
  }

  @Override
  public void close() {
    scalars.close();
    told.forEach(LineageListener::close);
  }
}
