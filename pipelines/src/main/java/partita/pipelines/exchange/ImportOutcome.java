package partita.pipelines.exchange;

import partita.pipelines.dag.RunRecord;
import partita.pipelines.dag.StageStatus;

/**
 * What became of an import.
 *
 * @param file that was read
 * @param network architecture, {@code resnet-50}
 * @param artifact action key of the weights
 * @param contentDigest of the artifact: names the network in results
 * @param alreadyThere whether the store had it before
 */
public record ImportOutcome(
    String file, String network, String artifact, String contentDigest, boolean alreadyThere) {

  /** Of a run that succeeded. */
  public static ImportOutcome of(RunRecord record, String network, String file) {
    RunRecord.StageRecord stage = record.stages().get(record.stages().size() - 1);
    return new ImportOutcome(
        file, network, stage.actionKey(), stage.contentDigest(), stage.status() != StageStatus.RAN);
  }
}
