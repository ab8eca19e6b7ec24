package partita.pipelines.bench;

import java.util.Map;
import java.util.Optional;

/**
 * Something measured in a process of its own. An implementation calls what the stages call; it
 * computes nothing itself.
 */
interface Workload {

  /** Its name in work orders and results, {@code knn}. */
  String name();

  /** The least work that gives the answer, for the distance to what the machine can do at all. */
  Work work(Map<String, Integer> sizes);

  /**
   * Whether this machine has what is needed.
   *
   * @return what is missing and how to get it
   */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Measures, in a process that does nothing else. */
  Measurement measure(WorkOrder order) throws Exception;
}
