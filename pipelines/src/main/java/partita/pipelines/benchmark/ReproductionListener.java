package partita.pipelines.benchmark;

import java.util.List;

/** Hears how a reproduction goes, from one thread at a time. */
public interface ReproductionListener {

  /** A trial begins: the {@code index}-th (from 1) of {@code count} that have to run. */
  void trialStarted(Trial trial, int index, int count);

  /**
   * The trials at work got further; every other second.
   *
   * @param ended trials that have run
   * @param count trials that have to run
   * @param secondsLeft until all have run, negative when unknown
   */
  void progress(List<TrialProgress> running, int ended, int count, double secondsLeft);

  /**
   * A trial has run.
   *
   * @param failure why it failed, empty when it did not
   */
  void trialEnded(Trial trial, double seconds, String failure);

  /** Progress could not be read this time. */
  void progressMissed(Exception cause);
}
