package partita.pipelines.benchmark;

/**
 * How far a trial at work is.
 *
 * @param trial which
 * @param step training steps done
 * @param steps training steps in all
 * @param seconds since it began
 * @param secondsLeft at this pace, negative when unknown
 */
public record TrialProgress(
    Trial trial, long step, long steps, double seconds, double secondsLeft) {}
