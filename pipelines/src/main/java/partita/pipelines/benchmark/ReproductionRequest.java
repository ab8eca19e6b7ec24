package partita.pipelines.benchmark;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import partita.transforms.shard.Execution;

/**
 * What is asked for beside the table.
 *
 * @param table name or file of the table
 * @param trials trainings of each row in each group
 * @param overrides laid over every experiment last, {@code train.steps=1000}
 * @param data the user's own data, or null for each experiment's source
 * @param options of the command that runs a trial: artifacts, threads, runner
 * @param execution device and threads that these options mean
 * @param sideBySide trials that run at a time, each in a process of its own
 * @param folder takes logs and the outcome
 * @param mainClass understands the command that runs a trial
 * @param command the words that were given, for the record
 */
public record ReproductionRequest(
    String table,
    int trials,
    List<String> overrides,
    @Nullable String data,
    List<String> options,
    Execution execution,
    int sideBySide,
    Path folder,
    String mainClass,
    List<String> command) {

  public ReproductionRequest {
    overrides = List.copyOf(overrides);
    options = List.copyOf(options);
    command = List.copyOf(command);
  }
}
