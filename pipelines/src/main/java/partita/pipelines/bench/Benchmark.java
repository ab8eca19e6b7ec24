package partita.pipelines.bench;

import java.util.Map;
import java.util.Optional;

/** A workload with a target: beside a peer, or a rate. */
interface Benchmark extends Workload {

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

  /** Whether both sides found the same. */
  default Answer compare(Measurement ours, Measurement peer) {
    return Answer.NONE;
  }
}
