package partita.pipelines.dag;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a store remembers of a run wherever it was made, {@code refs/runs/<run id>}; its record and
 * report are on the machine that made it.
 *
 * @param experiment name of the experiment
 * @param status as in {@link RunRecord}
 * @param artifacts stage name to action key, of those that the run made or found
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RunNote(String experiment, String status, SortedMap<String, String> artifacts) {
  /** Of a run of which nothing is known any more. */
  public static final RunNote UNKNOWN = new RunNote("", "", new TreeMap<>());

  public RunNote {
    experiment = experiment == null ? "" : experiment;
    status = status == null ? "" : status; // an early store's note has the experiment alone
    artifacts = artifacts == null ? new TreeMap<>() : new TreeMap<>(artifacts);
  }

  /** What a record tells. */
  public static RunNote of(RunRecord record) {
    return new RunNote(
        record.experiment(),
        record.status(),
        record.stages().stream()
            .filter(stage -> !stage.actionKey().isEmpty())
            .collect(
                Collectors.toMap(
                    RunRecord.StageRecord::name,
                    RunRecord.StageRecord::actionKey,
                    (first, second) -> first,
                    TreeMap::new)));
  }
}
