package partita.models.metric;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether products in bfloat16 have been worth their time so far. Where distances are nearly equal,
 * as those of unstructured rows of many dimensions are, they leave too many pairs open and have to
 * be done again. Only time depends on it.
 */
final class NarrowTrials {
  private final AtomicInteger tried = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();

  /** Whether most products were not done again. */
  boolean isWorthwhile() {
    return 2 * failed.get() <= tried.get();
  }

  void tried() {
    tried.incrementAndGet();
  }

  void failed() {
    failed.incrementAndGet();
  }
}
