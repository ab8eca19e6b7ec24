package partita.infra.gcs;

/**
 * Something that goes wrong with one request.
 *
 * @param kind what
 * @param status HTTP status of {@link Kind#STATUS}
 */
record Fault(Kind kind, int status) {
  /** What goes wrong. */
  enum Kind {
    /** The service refuses and does nothing. */
    STATUS,
    /** The service does its work, and the connection breaks before the answer. */
    LOST_ANSWER,
    /** The connection breaks in the middle of what is downloaded. */
    CUT_DOWNLOAD,
    /** A bit of what is downloaded is flipped. */
    DAMAGED_DOWNLOAD,
    /** The connection breaks in the middle of an upload; the service keeps what came. */
    CUT_UPLOAD
  }

  static Fault status(int status) {
    return new Fault(Kind.STATUS, status);
  }

  static Fault of(Kind kind) {
    return new Fault(kind, 0);
  }
}
