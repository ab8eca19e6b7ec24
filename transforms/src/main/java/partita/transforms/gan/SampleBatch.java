package partita.transforms.gan;

import partita.models.gan.GanNetworks;

/** How many samples networks are given at a time where their training does not say it. */
public final class SampleBatch {
  private static final int MOST = 500;

  /** Numbers in a batch: those of color images of 32x32. Larger ones come in fewer. */
  private static final int VALUES = MOST * 3 * 32 * 32;

  private SampleBatch() {}

  /** The maps of a whole batch are in memory at once, for each shard at work. */
  public static int of(GanNetworks networks) {
    int values = networks.sampleShape().stream().reduce(1, Math::multiplyExact);
    return Math.max(1, Math.min(MOST, VALUES / values));
  }
}
