package partita.runners.flink;

import java.util.Map;
import java.util.Optional;

/**
 * How many shards run side by side at most.
 *
 * @param asked for every stage, if the user said it
 * @param ofStages for stages that have a bound of their own
 */
public record Parallelism(Optional<Integer> asked, Map<String, Integer> ofStages) {

  public Parallelism {
    ofStages = Map.copyOf(ofStages);
  }

  /**
   * The bound of a stage.
   *
   * @param available what there is to run on, for a stage without a bound
   */
  int of(String stage, int available) {
    int most = most(available);
    return Math.min(ofStages.getOrDefault(stage, most), most);
  }

  /** The bound of a stage without one of its own. */
  int most(int available) {
    return asked.orElse(available);
  }
}
