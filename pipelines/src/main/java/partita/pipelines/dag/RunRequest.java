package partita.pipelines.dag;

import java.util.List;
import java.util.Map;

/**
 * What a run was asked for, beside its graph.
 *
 * @param selection which stages may run
 * @param command the arguments as given, for the record
 * @param runner Beam runner, for the record
 * @param settings device, threads and what else describes the run, for the record
 */
public record RunRequest(
    Selection selection, List<String> command, String runner, Map<String, String> settings) {

  public RunRequest {
    command = List.copyOf(command);
    settings = Map.copyOf(settings);
  }

  /** A run of every stale stage. */
  public static RunRequest of(Selection selection) {
    return new RunRequest(selection, List.of(), "", Map.of());
  }
}
