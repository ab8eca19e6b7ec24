package partita.pipelines.bench;

/**
 * The least that has to be done to get an answer; the larger of both times is the machine's limit.
 *
 * @param flops floating-point operations, a multiplication and an addition being two
 * @param doubles whether they are in float64, else float32
 * @param bytes memory read and written
 * @param items things done, for a rate
 */
record Work(double flops, boolean doubles, double bytes, double items) {

  static Work singles(double flops) {
    return new Work(flops, false, 0, 1);
  }

  static Work doubles(double flops) {
    return new Work(flops, true, 0, 1);
  }

  static Work memory(double bytes, double items) {
    return new Work(0, false, bytes, items);
  }

  /** Seconds that the machine needs at its peak. */
  double secondsAtPeak(MachinePeak peak) {
    double arithmetic = flops / (doubles ? peak.doubleFlops() : peak.singleFlops());
    return Math.max(arithmetic, bytes / peak.bytes());
  }
}
