package partita.models.train;

/**
 * Which micro-batch is computed: with seed and stream, the whole key of its randomness and data.
 *
 * @param step global step, from 0
 * @param repeat repeat within the step
 * @param accumulation micro-batch within the repeat
 * @param index number of micro-batches that the update consumed before this one since step 0
 */
public record Position(long step, int repeat, int accumulation, long index) {

  static Position of(long step, int repeat, int accumulation, Cadence cadence) {
    long index =
        (step / cadence.every() * cadence.repeats() + repeat) * cadence.accumulations()
            + accumulation;
    return new Position(step, repeat, accumulation, index);
  }
}
