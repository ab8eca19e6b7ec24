package partita.infra.gcs;

import java.time.Duration;

/**
 * How a lease is kept and lost.
 *
 * @param beat how often the holder writes the lease anew
 * @param missed beats that may be missing before another one takes the lease
 */
record LeaseTerms(Duration beat, int missed) {
  /** Cloud Storage lets one object be written once a second; half a minute bridges a slow spell. */
  static final LeaseTerms USUAL = new LeaseTerms(Duration.ofSeconds(5), 6);

  /** How often one who waits looks. */
  Duration look() {
    return beat.dividedBy(5);
  }

  /** How long a lease stays with a holder that is not heard. */
  Duration expiry() {
    return beat.multipliedBy(missed);
  }
}
