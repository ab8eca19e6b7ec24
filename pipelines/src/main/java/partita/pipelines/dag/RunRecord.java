package partita.pipelines.dag;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import partita.schemas.artifact.WriteFailure;

/**
 * What happened in one run, {@code run.json} in the run's folder; rewritten at every change, so
 * that a killed run leaves its last state.
 *
 * @param runId time and a random suffix, {@code 20260131-142501-3f9a}; sorts by time
 * @param experiment name of the experiment
 * @param command the arguments as given
 * @param runner Beam runner, {@code FlinkRunner}
 * @param status {@code running}, {@code succeeded}, {@code failed} or {@code interrupted}
 * @param started ISO-8601 instant
 * @param seconds wall-clock seconds so far
 * @param message why it failed, empty otherwise
 * @param settings what else describes the run: device, threads, numerics
 * @param stages the whole graph, inputs first
 */
public record RunRecord(
    String runId,
    String experiment,
    List<String> command,
    String runner,
    String status,
    String started,
    double seconds,
    String message,
    Map<String, String> settings,
    List<StageRecord> stages) {
  private static final String FILE = "run.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public RunRecord {
    command = List.copyOf(command);
    settings = new TreeMap<>(settings);
    stages = List.copyOf(stages);
  }

  /**
   * One stage of the run.
   *
   * @param name stage name
   * @param task simple name of the task's class
   * @param inputs names of the stages it reads: the edges of the graph
   * @param status what became of it
   * @param reason why it was stale or why it was left out, empty when cached
   * @param started ISO-8601 instant at which this run turned to it, empty before
   * @param seconds wall-clock seconds this run spent on it
   * @param recipeKey recipe key, empty when not known
   * @param actionKey key of its artifact in the store, empty until known
   * @param contentDigest digest of the artifact, empty until committed
   * @param message error message, empty otherwise
   */
  public record StageRecord(
      String name,
      String task,
      List<String> inputs,
      StageStatus status,
      String reason,
      String started,
      double seconds,
      String recipeKey,
      String actionKey,
      String contentDigest,
      String message) {

    StageRecord with(StageStatus status, String message, double seconds) {
      return new StageRecord(
          name,
          task,
          inputs,
          status,
          reason,
          started,
          seconds,
          recipeKey,
          actionKey,
          contentDigest,
          message);
    }

    StageRecord withArtifact(String actionKey, String contentDigest) {
      return new StageRecord(
          name,
          task,
          inputs,
          status,
          reason,
          started,
          seconds,
          recipeKey,
          actionKey,
          contentDigest,
          message);
    }

    StageRecord withStart(String started) {
      return new StageRecord(
          name,
          task,
          inputs,
          StageStatus.RUNNING,
          reason,
          started,
          seconds,
          recipeKey,
          actionKey,
          contentDigest,
          message);
    }
  }

  /** The record of a stage, if the graph has it. */
  public Optional<StageRecord> stage(String name) {
    return stages.stream().filter(stage -> stage.name().equals(name)).findFirst();
  }

  /** Replaces the record in a run's folder, atomically. */
  public void write(Path runFolder) throws IOException {
    Path part = runFolder.resolve(FILE + ".part");
    try {
      JSON.writeValue(part.toFile(), this);
      Files.move(
          part,
          runFolder.resolve(FILE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw WriteFailure.of(FILE, runFolder, e);
    }
  }

  /** Reads the record of a run's folder. */
  public static RunRecord read(Path runFolder) throws IOException {
    return JSON.readValue(runFolder.resolve(FILE).toFile(), RunRecord.class);
  }
}
