package partita.pipelines.bench;

import java.util.Map;
import java.util.Optional;

/**
 * Something measured in a process of its own, beside a peer or against a rate. An implementation
 * calls what the stages call; it computes nothing itself.
 */
interface Benchmark {

  /** Its name on the command line, {@code knn}. */
  String name();

  /** What is measured, for a newcomer. */
  String title();

  /**
   * The sizes by name, named as the peer's options.
   *
   * @param scale part of the full size, in (0, 1]; 1 is the size that the target is for
   */
  Map<String, Integer> sizes(double scale);

  /** What is to be reached at full size. */
  Target target();

  /** What it is compared with, if anything. */
  Optional<Peer> peer();

  /** The least work that gives the answer, for the distance to what the machine can do at all. */
  Work work(Map<String, Integer> sizes);

  /**
   * Whether this machine has what is needed besides the peer.
   *
   * @return what is missing and how to get it
   */
  default Optional<String> missing() {
    return Optional.empty();
  }

  /** Measures, in a process that does nothing else. */
  Measurement measure(WorkOrder order) throws Exception;

  /** Whether both sides found the same. */
  default Answer compare(Measurement ours, Measurement peer) {
    return Answer.NONE;
  }
}
